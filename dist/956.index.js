export const id = 956;
export const ids = [956];
export const modules = {

/***/ 956:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AzureCliCredential: () => (/* binding */ AzureCliCredential),
/* harmony export */   AzurePowerShellCredential: () => (/* binding */ AzurePowerShellCredential)
/* harmony export */ });
/* harmony import */ var _scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(508);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(136);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(760);
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(421);





// node_modules/@azure/core-process/dist/esm/errors.js
const processErrorBrand = Symbol.for("@azure/core-process.ProcessError");
var ProcessError = class extends Error {
	code;
	signal;
	killed;
	stdout;
	stderr;
	constructor(message, options = {}) {
		super(message);
		this.name = "ProcessError";
		this.code = options.code ?? null;
		this.signal = options.signal ?? null;
		this.killed = options.killed ?? false;
		Object.defineProperties(this, {
			[processErrorBrand]: {
				configurable: false,
				enumerable: false,
				value: true,
				writable: false
			},
			stdout: {
				configurable: false,
				enumerable: false,
				value: options.stdout,
				writable: false
			},
			stderr: {
				configurable: false,
				enumerable: false,
				value: options.stderr,
				writable: false
			}
		});
	}
};
function isProcessError(error) {
	if (error instanceof ProcessError) return true;
	if (typeof error !== "object" || error === null) return false;
	const candidate = error;
	return candidate[processErrorBrand] === true && candidate.name === "ProcessError" && (typeof candidate.code === "string" || typeof candidate.code === "number" || candidate.code === null) && typeof candidate.killed === "boolean" && (typeof candidate.signal === "string" || candidate.signal === null);
}
function createExecutionError(error, stdout, stderr) {
	const code = error.code ?? null;
	return new ProcessError(typeof code === "number" ? `The process exited with code ${code}.` : code ? `The process could not be completed (${code}).` : "The process could not be completed.", {
		code,
		signal: error.signal,
		killed: error.killed,
		stdout,
		stderr
	});
}
// node_modules/@azure/core-process/dist/esm/resolveExecutable.js
const WINDOWS_NATIVE_EXTENSIONS = [".exe", ".com"];
const WINDOWS_BATCH_EXTENSIONS = [".cmd", ".bat"];
const WINDOWS_DRIVE_ABSOLUTE_PATH = /^[a-z]:[\\/]/i;
function getEnvironmentValue(environment, name) {
	if (process.platform !== "win32") return environment[name];
	const normalizedName = name.toLowerCase();
	for (const [key, value] of Object.entries(environment)) if (key.toLowerCase() === normalizedName) return value;
}
function setEnvironmentValue(environment, name, value) {
	const normalizedName = name.toLowerCase();
	const existingKey = Object.keys(environment).find((key) => key.toLowerCase() === normalizedName);
	environment[existingKey ?? name] = value;
}
function snapshotEnvironment(environment) {
	const snapshot = {};
	const windowsKeys = new Set();
	for (const [key, value] of Object.entries(environment)) {
		if (process.platform === "win32") {
			const normalizedKey = key.toLowerCase();
			if (windowsKeys.has(normalizedKey)) throw new ProcessError("The environment contains duplicate case-insensitive variable names.", { code: "ERR_INVALID_ENVIRONMENT" });
			windowsKeys.add(normalizedKey);
		}
		if (value !== void 0 && typeof value !== "string") throw new ProcessError("The environment contains a non-string value.", { code: "ERR_INVALID_ENVIRONMENT" });
		snapshot[key] = value;
	}
	return snapshot;
}
function normalizeCwd(cwd) {
	const cwdPath = cwd instanceof URL ? (0,node_url__WEBPACK_IMPORTED_MODULE_2__.fileURLToPath)(cwd) : cwd;
	return node_path__WEBPACK_IMPORTED_MODULE_3__.resolve(cwdPath ?? process.cwd());
}
function createProcessContext(options = {}) {
	if (options.allowWindowsBatchFiles !== void 0 && typeof options.allowWindowsBatchFiles !== "boolean") throw new ProcessError("The Windows batch option must be a boolean.", { code: "ERR_INVALID_PROCESS_OPTION" });
	return {
		cwd: normalizeCwd(options.cwd),
		env: snapshotEnvironment(options.env ?? process.env),
		allowWindowsBatchFiles: options.allowWindowsBatchFiles === true
	};
}
function isExecutableFile(filePath) {
	try {
		if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(filePath).isFile()) return false;
		if (process.platform !== "win32") (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.accessSync)(filePath, node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
function isNativeExtension(extension) {
	return WINDOWS_NATIVE_EXTENSIONS.some((candidate) => candidate === extension);
}
function isBatchExtension(extension) {
	return WINDOWS_BATCH_EXTENSIONS.some((candidate) => candidate === extension);
}
function resolveWindowsCandidate(candidate, allowWindowsBatchFiles) {
	const extension = node_path__WEBPACK_IMPORTED_MODULE_3__.extname(candidate).toLowerCase();
	if (extension) {
		if (!isNativeExtension(extension) && !(allowWindowsBatchFiles && isBatchExtension(extension))) return;
		return isExecutableFile(candidate) ? candidate : void 0;
	}
	for (const nativeExtension of WINDOWS_NATIVE_EXTENSIONS) {
		const nativeCandidate = candidate + nativeExtension;
		if (isExecutableFile(nativeCandidate)) return nativeCandidate;
	}
	if (allowWindowsBatchFiles) for (const batchExtension of WINDOWS_BATCH_EXTENSIONS) {
		const batchCandidate = candidate + batchExtension;
		if (isExecutableFile(batchCandidate)) return batchCandidate;
	}
}
function getSearchPaths(context) {
	const pathValue = getEnvironmentValue(context.env, "PATH") ?? "";
	const paths = [];
	const seen = new Set();
	for (const entry of pathValue.split(node_path__WEBPACK_IMPORTED_MODULE_3__.delimiter)) {
		let candidate = entry;
		if (process.platform === "win32") {
			candidate = candidate.trim();
			if (candidate.startsWith("\"") && candidate.endsWith("\"")) candidate = candidate.slice(1, -1);
		}
		if (!candidate || !node_path__WEBPACK_IMPORTED_MODULE_3__.isAbsolute(candidate)) continue;
		const normalized = node_path__WEBPACK_IMPORTED_MODULE_3__.resolve(candidate);
		const key = process.platform === "win32" ? normalized.toLowerCase() : normalized;
		if (!seen.has(key)) {
			seen.add(key);
			paths.push(normalized);
		}
	}
	return paths;
}
function hasPathSeparator(command) {
	return command.includes("/") || process.platform === "win32" && command.includes("\\");
}
function validateCommand(command) {
	if (!command || command.includes("\0") || /[\r\n]/.test(command)) throw new ProcessError("The executable name is invalid.", { code: "ERR_INVALID_EXECUTABLE" });
	if (process.platform === "win32" && /^[a-z]:[^\\/]/i.test(command)) throw new ProcessError("Drive-relative executable paths are not supported.", { code: "ERR_INVALID_EXECUTABLE" });
}
function resolveExecutableWithContext(command, context) {
	validateCommand(command);
	if (hasPathSeparator(command) || node_path__WEBPACK_IMPORTED_MODULE_3__.isAbsolute(command)) {
		const candidate = node_path__WEBPACK_IMPORTED_MODULE_3__.resolve(context.cwd, command);
		if (process.platform === "win32") return resolveWindowsCandidate(candidate, context.allowWindowsBatchFiles);
		return isExecutableFile(candidate) ? candidate : void 0;
	}
	const searchPaths = getSearchPaths(context);
	if (process.platform !== "win32") {
		for (const searchPath of searchPaths) {
			const candidate = node_path__WEBPACK_IMPORTED_MODULE_3__.join(searchPath, command);
			if (isExecutableFile(candidate)) return candidate;
		}
		return;
	}
	const extension = node_path__WEBPACK_IMPORTED_MODULE_3__.extname(command).toLowerCase();
	if (extension) {
		if (!isNativeExtension(extension) && !(context.allowWindowsBatchFiles && isBatchExtension(extension))) return;
		for (const searchPath of searchPaths) {
			const candidate = node_path__WEBPACK_IMPORTED_MODULE_3__.join(searchPath, command);
			if (isExecutableFile(candidate)) return candidate;
		}
		return;
	}
	for (const searchPath of searchPaths) for (const nativeExtension of WINDOWS_NATIVE_EXTENSIONS) {
		const candidate = node_path__WEBPACK_IMPORTED_MODULE_3__.join(searchPath, command + nativeExtension);
		if (isExecutableFile(candidate)) return candidate;
	}
	if (context.allowWindowsBatchFiles) for (const searchPath of searchPaths) for (const batchExtension of WINDOWS_BATCH_EXTENSIONS) {
		const candidate = node_path__WEBPACK_IMPORTED_MODULE_3__.join(searchPath, command + batchExtension);
		if (isExecutableFile(candidate)) return candidate;
	}
}
function canonicalizeWindowsPath(filePath) {
	try {
		return node_fs__WEBPACK_IMPORTED_MODULE_1__.realpathSync.native(filePath).toLowerCase();
	} catch {
		return node_path__WEBPACK_IMPORTED_MODULE_3__.resolve(filePath).toLowerCase();
	}
}
function isWindowsDriveAbsolutePath(filePath) {
	return WINDOWS_DRIVE_ABSOLUTE_PATH.test(filePath);
}
function resolveWindowsCommandInterpreter(childEnvironment) {
	const hostEnvironment = snapshotEnvironment(process.env);
	const systemRoot = getEnvironmentValue(hostEnvironment, "SystemRoot");
	if (!systemRoot || !isWindowsDriveAbsolutePath(systemRoot)) throw new ProcessError("A trusted Windows system directory could not be established.", { code: "ERR_UNTRUSTED_COMMAND_INTERPRETER" });
	const executablePath = node_path__WEBPACK_IMPORTED_MODULE_3__.join(systemRoot, "System32", "cmd.exe");
	if (!isExecutableFile(executablePath)) throw new ProcessError("The Windows command interpreter could not be found.", { code: "ERR_UNTRUSTED_COMMAND_INTERPRETER" });
	const comSpec = getEnvironmentValue(hostEnvironment, "ComSpec");
	if (comSpec && (!isWindowsDriveAbsolutePath(comSpec) || canonicalizeWindowsPath(comSpec) !== canonicalizeWindowsPath(executablePath))) throw new ProcessError("The Windows command interpreter is not trusted.", { code: "ERR_UNTRUSTED_COMMAND_INTERPRETER" });
	const childSystemRoot = getEnvironmentValue(childEnvironment, "SystemRoot");
	if (childSystemRoot && (!isWindowsDriveAbsolutePath(childSystemRoot) || canonicalizeWindowsPath(childSystemRoot) !== canonicalizeWindowsPath(systemRoot))) throw new ProcessError("The child environment contains an untrusted system directory.", { code: "ERR_UNTRUSTED_COMMAND_INTERPRETER" });
	const childComSpec = getEnvironmentValue(childEnvironment, "ComSpec");
	if (childComSpec && (!isWindowsDriveAbsolutePath(childComSpec) || canonicalizeWindowsPath(childComSpec) !== canonicalizeWindowsPath(executablePath))) throw new ProcessError("The child environment contains an untrusted command interpreter.", { code: "ERR_UNTRUSTED_COMMAND_INTERPRETER" });
	setEnvironmentValue(childEnvironment, "SystemRoot", systemRoot);
	setEnvironmentValue(childEnvironment, "ComSpec", executablePath);
	return {
		executablePath,
		systemRoot
	};
}
// node_modules/@azure/core-process/dist/esm/normalizeCommand.js
const UNSAFE_BATCH_ARGUMENT = /[%!^&|<>()]/;
const UNSAFE_BATCH_PATH = /[%!]/;
const BATCH_META_CHARACTER = /([()\][%!^"`<>&|;, *?])/g;
function containsControlCharacter(value) {
	for (const character of value) {
		const codePoint = character.codePointAt(0);
		if (codePoint <= 31 || codePoint === 127) return true;
	}
	return false;
}
function snapshotArguments(args) {
	return args.map((arg, index) => {
		if (typeof arg !== "string" || arg.includes("\0")) throw new ProcessError(`Process argument ${index} is invalid.`, { code: "ERR_INVALID_PROCESS_ARGUMENT" });
		return arg;
	});
}
function validateBatchArguments(args) {
	for (const [index, arg] of args.entries()) if (containsControlCharacter(arg) || UNSAFE_BATCH_ARGUMENT.test(arg) || /\\"/.test(arg) || /\\{2,}$/.test(arg)) throw new ProcessError(`Windows batch argument ${index} is unsafe.`, { code: "ERR_UNSAFE_WINDOWS_BATCH_ARGUMENT" });
}
function escapeBatchCommand(filePath) {
	if (containsControlCharacter(filePath) || UNSAFE_BATCH_PATH.test(filePath)) throw new ProcessError("The Windows batch path cannot be represented safely.", { code: "ERR_UNSAFE_WINDOWS_BATCH_PATH" });
	return filePath.replace(BATCH_META_CHARACTER, "^$1");
}
function escapeBatchArgument(argument) {
	let escaped = argument;
	escaped = escaped.replace(/(?=(\\+?)?)\1"/g, "$1$1\\\"");
	escaped = escaped.replace(/(?=(\\+?)?)\1$/g, "$1$1");
	escaped = `"${escaped}"`;
	return escaped.replace(BATCH_META_CHARACTER, "^$1");
}
function normalizeCommand(command, args, context) {
	const copiedArgs = snapshotArguments(args);
	const resolvedPath = resolveExecutableWithContext(command, context);
	if (!resolvedPath) throw new ProcessError("The executable could not be found.", { code: "ENOENT" });
	if (process.platform !== "win32") return {
		executable: resolvedPath,
		args: copiedArgs,
		cwd: context.cwd,
		env: context.env,
		windowsVerbatimArguments: false
	};
	const extension = node_path__WEBPACK_IMPORTED_MODULE_3__.extname(resolvedPath).toLowerCase();
	if (extension === ".exe" || extension === ".com") return {
		executable: resolvedPath,
		args: copiedArgs,
		cwd: context.cwd,
		env: context.env,
		windowsVerbatimArguments: false
	};
	if (extension !== ".cmd" && extension !== ".bat") throw new ProcessError("The executable type is not supported on Windows.", { code: "ERR_UNSUPPORTED_WINDOWS_EXECUTABLE" });
	if (!context.allowWindowsBatchFiles) throw new ProcessError("Windows batch execution was not enabled.", { code: "ERR_WINDOWS_BATCH_DISABLED" });
	if (context.cwd.startsWith("\\\\")) throw new ProcessError("Windows batch execution does not support a UNC working directory.", { code: "ERR_UNSUPPORTED_WINDOWS_CWD" });
	validateBatchArguments(copiedArgs);
	const commandInterpreter = resolveWindowsCommandInterpreter(context.env);
	const commandLine = [escapeBatchCommand(resolvedPath), ...copiedArgs.map(escapeBatchArgument)].join(" ");
	return {
		executable: commandInterpreter.executablePath,
		args: [
			"/d",
			"/s",
			"/v:off",
			"/c",
			`"${commandLine}"`
		],
		cwd: context.cwd,
		env: context.env,
		windowsVerbatimArguments: true
	};
}
// node_modules/@azure/core-process/dist/esm/process.js
const commonOptionNames = [
	"gid",
	"killSignal",
	"timeout",
	"uid",
	"windowsHide"
];
[...commonOptionNames];
[...commonOptionNames];
const execFileOptionNames = [
	...commonOptionNames,
	"encoding",
	"maxBuffer",
	"signal"
];
function sanitizeChildProcessError(error) {
	return error instanceof Error && !isProcessError(error) ? createExecutionError(error) : error;
}
function callWithSanitizedChildProcessErrors(callback) {
	try {
		return callback();
	} catch (error) {
		throw sanitizeChildProcessError(error);
	}
}
function prepareProcess(executable, args, options, allowedOptionNames) {
	if (options.shell !== void 0 || options.windowsVerbatimArguments !== void 0) throw new ProcessError("Shell-related process options are not supported.", { code: "ERR_UNSAFE_PROCESS_OPTION" });
	const copiedOptions = { ...options };
	const { cwd, env, allowWindowsBatchFiles } = copiedOptions;
	const resolutionOptionNames = new Set([
		"cwd",
		"env",
		"allowWindowsBatchFiles"
	]);
	const allowedOptions = new Set(allowedOptionNames);
	const nodeOptions = {};
	for (const [name, value] of Object.entries(copiedOptions)) {
		if ((name === "shell" || name === "windowsVerbatimArguments") && value === void 0) continue;
		if (resolutionOptionNames.has(name)) continue;
		if (!allowedOptions.has(name)) throw new ProcessError("The process options contain an unsupported property.", { code: "ERR_UNSUPPORTED_PROCESS_OPTION" });
		nodeOptions[name] = value;
	}
	const command = normalizeCommand(executable, args, createProcessContext({
		cwd,
		env,
		allowWindowsBatchFiles
	}));
	if (command.windowsVerbatimArguments && nodeOptions.argv0 !== void 0) throw new ProcessError("The argv0 option is not supported for Windows batch files.", { code: "ERR_UNSAFE_PROCESS_OPTION" });
	return {
		command,
		nodeOptions
	};
}
async function execFile$1(command, args = [], options = {}) {
	const prepared = prepareProcess(command, args, options, execFileOptionNames);
	return new Promise((resolve, reject) => {
		callWithSanitizedChildProcessErrors(() => node_child_process__WEBPACK_IMPORTED_MODULE_4__.execFile(prepared.command.executable, prepared.command.args, {
			...prepared.nodeOptions,
			cwd: prepared.command.cwd,
			env: prepared.command.env,
			shell: false,
			windowsVerbatimArguments: prepared.command.windowsVerbatimArguments,
			windowsHide: options.windowsHide
		}, (error, stdout, stderr) => {
			if (error) {
				reject(createExecutionError(error, stdout, stderr));
				return;
			}
			resolve({
				stdout,
				stderr
			});
		}));
	});
}
// node_modules/@azure/identity/dist/esm/util/processUtils.js
function outputToString(output) {
	if (output === void 0) return "";
	return Buffer.isBuffer(output) ? output.toString("utf8") : output;
}
const processUtils = {
	async execFileWithResult(file, params, options) {
		try {
			return {
				...await execFile$1(file, params, options),
				error: null
			};
		} catch (error) {
			if (isProcessError(error)) return {
				stdout: outputToString(error.stdout),
				stderr: outputToString(error.stderr),
				error
			};
			throw error;
		}
	},
	async execFile(file, params, options) {
		const { stdout, stderr, error } = await processUtils.execFileWithResult(file, params, options);
		if (stderr || error) throw stderr ? new Error(stderr) : error;
		return stdout;
	}
};
// node_modules/@azure/identity/dist/esm/util/subscriptionUtils.js
function checkSubscription(logger, subscription) {
	if (!subscription.match(/^[0-9a-zA-Z-._ ]+$/)) {
		const error = new Error(`Subscription '${subscription}' contains invalid characters. If this is the name of a subscription, use its ID instead. You can locate your subscription by following the instructions listed here: https://learn.microsoft.com/azure/azure-portal/get-subscription-tenant-id`);
		logger.info((0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.b)("", error));
		throw error;
	}
}
// node_modules/@azure/identity/dist/esm/credentials/azureCliCredential.js
const logger$1 = (0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.y)("AzureCliCredential");
const azureCliPublicErrorMessages = {
	claim: "This credential doesn't support claims challenges. To authenticate with the required claims, please run the following command:",
	notInstalled: "Azure CLI could not be found. Please visit https://aka.ms/azure-cli for installation instructions and then, once installed, authenticate to your Azure account using 'az login'.",
	login: "Please run 'az login' from a command prompt to authenticate before using this credential.",
	unknown: "Unknown error while trying to retrieve the access token",
	unexpectedResponse: "Unexpected response from Azure CLI when getting token. Expected \"expiresOn\" to be a RFC3339 date string. Got:"
};
const cliCredentialInternals = {
	getSafeWorkingDir() {
		if (process.platform === "win32") {
			let systemRoot = process.env.SystemRoot || process.env["SYSTEMROOT"];
			if (!systemRoot) {
				logger$1.getToken.warning("The SystemRoot environment variable is not set. This may cause issues when using the Azure CLI credential.");
				systemRoot = "C:\\Windows";
			}
			return systemRoot;
		} else return "/bin";
	},
	async getAzureCliAccessToken(resource, tenantId, subscription, timeout) {
		let tenantSection = [];
		let subscriptionSection = [];
		if (tenantId) tenantSection = ["--tenant", tenantId];
		if (subscription) subscriptionSection = ["--subscription", subscription];
		const args = [
			"account",
			"get-access-token",
			"--output",
			"json",
			"--resource",
			resource,
			...tenantSection,
			...subscriptionSection
		];
		return processUtils.execFileWithResult("az", args, {
			allowWindowsBatchFiles: true,
			cwd: cliCredentialInternals.getSafeWorkingDir(),
			encoding: "utf8",
			timeout
		});
	}
};
var AzureCliCredential = class {
	tenantId;
	additionallyAllowedTenantIds;
	timeout;
	subscription;
	constructor(options) {
		if (options?.tenantId) {
			(0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.i)(logger$1, options?.tenantId);
			this.tenantId = options?.tenantId;
		}
		if (options?.subscription) {
			checkSubscription(logger$1, options?.subscription);
			this.subscription = options?.subscription;
		}
		this.additionallyAllowedTenantIds = (0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.a)(options?.additionallyAllowedTenants);
		this.timeout = options?.processTimeoutInMs;
	}
	async getToken(scopes, options = {}) {
		const scope = typeof scopes === "string" ? scopes : scopes[0];
		const claimsValue = options.claims;
		if (claimsValue && claimsValue.trim()) {
			let loginCmd = `az login --claims-challenge ${(0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.f)((0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.d)(claimsValue, "utf-8"), "base64")} --scope ${scope}`;
			const tenantIdFromOptions = options.tenantId;
			if (tenantIdFromOptions) loginCmd += ` --tenant ${tenantIdFromOptions}`;
			const error = new _scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.A(`${azureCliPublicErrorMessages.claim} ${loginCmd}`);
			logger$1.getToken.info((0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.b)(scope, error));
			throw error;
		}
		const tenantId = (0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.s)(this.tenantId, options, this.additionallyAllowedTenantIds);
		if (tenantId) (0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.i)(logger$1, tenantId);
		if (this.subscription) checkSubscription(logger$1, this.subscription);
		logger$1.getToken.info(`Using the scope ${scope}`);
		return _scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__._.withSpan(`${this.constructor.name}.getToken`, options, async () => {
			try {
				(0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.n)(scope, logger$1);
				const resource = (0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.r)(scope);
				const obj = await cliCredentialInternals.getAzureCliAccessToken(resource, tenantId, this.subscription, this.timeout);
				const specificScope = obj.stderr?.match("(.*)az login --scope(.*)");
				const isLoginError = obj.stderr?.match("(.*)az login(.*)") && !specificScope;
				if (obj.stderr?.match("az:(.*)not found") || obj.stderr?.startsWith("'az' is not recognized") || obj.error && isProcessError(obj.error) && obj.error.code === "ENOENT") {
					const error = new _scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.A(azureCliPublicErrorMessages.notInstalled);
					logger$1.getToken.info((0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.b)(scopes, error));
					throw error;
				}
				if (isLoginError) {
					const error = new _scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.A(azureCliPublicErrorMessages.login);
					logger$1.getToken.info((0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.b)(scopes, error));
					throw error;
				}
				try {
					const responseData = obj.stdout;
					const response = this.parseRawResponse(responseData);
					logger$1.getToken.info((0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.x)(scopes));
					return response;
				} catch (e) {
					if (obj.stderr) throw new _scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.A(obj.stderr);
					throw e;
				}
			} catch (err) {
				const error = err.name === "CredentialUnavailableError" ? err : new _scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.A(err.message || azureCliPublicErrorMessages.unknown);
				logger$1.getToken.info((0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.b)(scopes, error));
				throw error;
			}
		});
	}
	parseRawResponse(rawResponse) {
		const response = JSON.parse(rawResponse);
		const token = response.accessToken;
		let expiresOnTimestamp = Number.parseInt(response.expires_on, 10) * 1e3;
		if (!isNaN(expiresOnTimestamp)) {
			logger$1.getToken.info("expires_on is available and is valid, using it");
			return {
				token,
				expiresOnTimestamp,
				tokenType: "Bearer"
			};
		}
		expiresOnTimestamp = new Date(response.expiresOn).getTime();
		if (isNaN(expiresOnTimestamp)) throw new _scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.A(`${azureCliPublicErrorMessages.unexpectedResponse} "${response.expiresOn}"`);
		return {
			token,
			expiresOnTimestamp,
			tokenType: "Bearer"
		};
	}
};
// node_modules/@azure/identity/dist/esm/credentials/azurePowerShellCredential.js
const logger = (0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.y)("AzurePowerShellCredential");
const isWindows = process.platform === "win32";
const powerShellResourceEnvironmentVariable = "AZURE_IDENTITY_POWERSHELL_RESOURCE";
const powerShellTenantEnvironmentVariable = "AZURE_IDENTITY_POWERSHELL_TENANT_ID";
const powerShellPrivateEnvironmentVariables = new Set([powerShellResourceEnvironmentVariable, powerShellTenantEnvironmentVariable].map((name) => name.toLowerCase()));
function createPowerShellEnvironment(resource, tenantId, environment = process.env) {
	const childEnvironment = Object.fromEntries(Object.entries(environment).filter(([name]) => !powerShellPrivateEnvironmentVariables.has(name.toLowerCase())));
	childEnvironment[powerShellResourceEnvironmentVariable] = resource;
	childEnvironment[powerShellTenantEnvironmentVariable] = tenantId ?? "";
	return childEnvironment;
}
function formatCommand(commandName) {
	if (isWindows) return `${commandName}.exe`;
	else return commandName;
}
async function runCommands(commands, timeout, env) {
	const results = [];
	for (const command of commands) {
		const [file, ...parameters] = command;
		const result = await processUtils.execFile(file, parameters, {
			encoding: "utf8",
			env,
			timeout
		});
		results.push(result);
	}
	return results;
}
const powerShellErrors = {
	login: "Run Connect-AzAccount to login",
	installed: "The specified module 'Az.Accounts' with version '2.2.0' was not loaded because no valid module file was found in any module directory"
};
const powerShellPublicErrorMessages = {
	login: "Please run 'Connect-AzAccount' from PowerShell to authenticate before using this credential.",
	installed: `The 'Az.Account' module >= 2.2.0 is not installed. Install the Azure Az PowerShell module with: "Install-Module -Name Az -Scope CurrentUser -Repository PSGallery -Force".`,
	claim: "This credential doesn't support claims challenges. To authenticate with the required claims, please run the following command:",
	troubleshoot: `To troubleshoot, visit https://aka.ms/azsdk/js/identity/powershellcredential/troubleshoot.`
};
const isLoginError = (err) => err.message.match(`(.*)${powerShellErrors.login}(.*)`);
const isNotInstalledError = (err) => err.message.match(powerShellErrors.installed);
const commandStack = [formatCommand("pwsh")];
if (isWindows) commandStack.push(formatCommand("powershell"));
var AzurePowerShellCredential = class {
	tenantId;
	additionallyAllowedTenantIds;
	timeout;
	constructor(options) {
		if (options?.tenantId) {
			(0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.i)(logger, options?.tenantId);
			this.tenantId = options?.tenantId;
		}
		this.additionallyAllowedTenantIds = (0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.a)(options?.additionallyAllowedTenants);
		this.timeout = options?.processTimeoutInMs;
	}
	async getAzurePowerShellAccessToken(resource, tenantId, timeout) {
		for (const powerShellCommand of [...commandStack]) {
			try {
				await runCommands([[powerShellCommand, "/?"]], timeout);
			} catch (e) {
				commandStack.shift();
				continue;
			}
			const result = (await runCommands([[
				powerShellCommand,
				"-NoProfile",
				"-NonInteractive",
				"-Command",
				`
          $tenantId = $env:${powerShellTenantEnvironmentVariable}
          $resource = $env:${powerShellResourceEnvironmentVariable}
          $m = Import-Module Az.Accounts -MinimumVersion 2.2.0 -PassThru
          $useSecureString = $m.Version -ge [version]'2.17.0' -and $m.Version -lt [version]'5.0.0'

          $params = @{
            ResourceUrl = $resource
          }

          if ($tenantId.Length -gt 0) {
            $params["TenantId"] = $tenantId
          }

          if ($useSecureString) {
            $params["AsSecureString"] = $true
          }

          $token = Get-AzAccessToken @params

          $result = New-Object -TypeName PSObject
          $result | Add-Member -MemberType NoteProperty -Name ExpiresOn -Value $token.ExpiresOn

          if ($token.Token -is [System.Security.SecureString]) {
            if ($PSVersionTable.PSVersion.Major -lt 7) {
              $ssPtr = [System.Runtime.InteropServices.Marshal]::SecureStringToBSTR($token.Token)
              try {
                $result | Add-Member -MemberType NoteProperty -Name Token -Value ([System.Runtime.InteropServices.Marshal]::PtrToStringBSTR($ssPtr))
              }
              finally {
                [System.Runtime.InteropServices.Marshal]::ZeroFreeBSTR($ssPtr)
              }
            }
            else {
              $result | Add-Member -MemberType NoteProperty -Name Token -Value ($token.Token | ConvertFrom-SecureString -AsPlainText)
            }
          }
          else {
            $result | Add-Member -MemberType NoteProperty -Name Token -Value $token.Token
          }

          Write-Output (ConvertTo-Json $result)
          `
			]], timeout, createPowerShellEnvironment(resource, tenantId)))[0];
			return parseJsonToken(result);
		}
		throw new Error(`Unable to execute PowerShell. Ensure that it is installed in your system`);
	}
	async getToken(scopes, options = {}) {
		return _scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__._.withSpan(`${this.constructor.name}.getToken`, options, async () => {
			const scope = typeof scopes === "string" ? scopes : scopes[0];
			const claimsValue = options.claims;
			if (claimsValue && claimsValue.trim()) {
				let loginCmd = `Connect-AzAccount -ClaimsChallenge ${(0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.f)((0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.d)(claimsValue, "utf-8"), "base64")}`;
				const tenantIdFromOptions = options.tenantId;
				if (tenantIdFromOptions) loginCmd += ` -Tenant ${tenantIdFromOptions}`;
				const error = new _scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.A(`${powerShellPublicErrorMessages.claim} ${loginCmd}`);
				logger.getToken.info((0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.b)(scope, error));
				throw error;
			}
			const tenantId = (0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.s)(this.tenantId, options, this.additionallyAllowedTenantIds);
			if (tenantId) (0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.i)(logger, tenantId);
			try {
				(0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.n)(scope, logger);
				logger.getToken.info(`Using the scope ${scope}`);
				const resource = (0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.r)(scope);
				const response = await this.getAzurePowerShellAccessToken(resource, tenantId, this.timeout);
				logger.getToken.info((0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.x)(scopes));
				return {
					token: response.Token,
					expiresOnTimestamp: new Date(response.ExpiresOn).getTime(),
					tokenType: "Bearer"
				};
			} catch (err) {
				if (isNotInstalledError(err)) {
					const error = new _scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.A(powerShellPublicErrorMessages.installed);
					logger.getToken.info((0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.b)(scope, error));
					throw error;
				} else if (isLoginError(err)) {
					const error = new _scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.A(powerShellPublicErrorMessages.login);
					logger.getToken.info((0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.b)(scope, error));
					throw error;
				}
				const error = new _scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.A(`${err}. ${powerShellPublicErrorMessages.troubleshoot}`);
				logger.getToken.info((0,_scopeUtils_js__WEBPACK_IMPORTED_MODULE_0__.b)(scope, error));
				throw error;
			}
		});
	}
};
async function parseJsonToken(result) {
	const matches = result.match(/{[^{}]*}/g);
	let resultWithoutToken = result;
	if (matches) try {
		for (const item of matches) try {
			const jsonContent = JSON.parse(item);
			if (jsonContent?.Token) {
				resultWithoutToken = resultWithoutToken.replace(item, "");
				if (resultWithoutToken) logger.getToken.warning(resultWithoutToken);
				return jsonContent;
			}
		} catch (e) {
			continue;
		}
	} catch (e) {
		throw new Error(`Unable to parse the output of PowerShell. Received output: ${result}`, { cause: e });
	}
	throw new Error(`No access token found in the output. Received output: ${result}`);
}



/***/ })

};
