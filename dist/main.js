import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 24:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 67:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 327:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 995:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:module");

/***/ }),

/***/ 161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");

/***/ }),

/***/ 75:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 829:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ cut),
/* harmony export */   c: () => (/* binding */ plain),
/* harmony export */   d: () => (/* binding */ InputError),
/* harmony export */   f: () => (/* binding */ OutOfTimeError),
/* harmony export */   g: () => (/* binding */ errorMessage),
/* harmony export */   h: () => (/* binding */ TrustError),
/* harmony export */   i: () => (/* binding */ counted),
/* harmony export */   l: () => (/* binding */ visible),
/* harmony export */   m: () => (/* binding */ SettingError),
/* harmony export */   n: () => (/* binding */ proxyVariable),
/* harmony export */   o: () => (/* binding */ firstOf),
/* harmony export */   p: () => (/* binding */ ProxyError),
/* harmony export */   r: () => (/* binding */ proxyVariables),
/* harmony export */   s: () => (/* binding */ grouped),
/* harmony export */   t: () => (/* binding */ completeProxies),
/* harmony export */   u: () => (/* binding */ CredentialError)
/* harmony export */ });
// build/base/errors.js
var InputError = class extends Error {
	name = "InputError";
	input;
	constructor(input, problem) {
		super(`Input ${input}: ${problem}`);
		this.input = input;
	}
};
var CredentialError = class extends Error {
	name = "CredentialError";
};
var TrustError = class extends Error {
	name = "TrustError";
};
var SettingError = class extends Error {
	name = "SettingError";
	variable;
	constructor(variable, problem) {
		super(problem);
		this.variable = variable;
	}
};
var ProxyError = class extends Error {
	name = "ProxyError";
	status;
	constructor(status) {
		super(`the proxy answered ${status} to CONNECT`);
		this.status = status;
	}
};
var OutOfTimeError = class extends Error {
	name = "OutOfTimeError";
};
function errorMessage(error) {
	return error instanceof Error ? error.message : String(error);
}
// build/base/text.js
const breaks = /[\p{Cc}\u2028\u2029]+/gu;
const invisible = /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;
function visible(value) {
	return value.toWellFormed().replace(breaks, " ").replace(invisible, "").trim();
}
function plain(value) {
	return visible(value).replaceAll("##[", "##​[").replace(/^::/, "​::");
}
function cut(value, most) {
	return value.length > most ? `${firstOf(value, Math.max(0, most - 1))}…` : value;
}
function firstOf(value, most) {
	const last = value.charCodeAt(most - 1);
	return value.slice(0, value.length > most && last >= 55296 && last <= 56319 ? most - 1 : most);
}
function grouped(count) {
	return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
function counted(count, one, many = `${one}s`) {
	return `${grouped(count)} ${count === 1 ? one : many}`;
}
// build/azure/http/proxy.js
const proxyVariables = [
	"https_proxy",
	"HTTPS_PROXY",
	"http_proxy",
	"HTTP_PROXY"
];
const schemes = [
	"http:",
	"https:",
	"socks5:",
	"socks:"
];
function proxyVariable(env) {
	return proxyVariables.find((name) => env[name]) ?? "HTTPS_PROXY";
}
function completeProxies(env) {
	for (const name of proxyVariables) {
		const given = env[name];
		if (!given) continue;
		const complete = given.includes("://") ? given : `http://${given}`;
		if (!isProxy(complete)) throw new SettingError(name, `The variable ${name} is "${plain(cut(given.replace(/[^/]*@/, "***@"), 100))}"; expected the URL of a proxy, such as http://proxy.example.com:3128.`);
		if (complete !== given) env[name] = complete;
	}
}
function isProxy(value) {
	if (/[\s"'<>\\]/.test(value) || !URL.canParse(value)) return false;
	const { protocol, hostname } = new URL(value);
	return schemes.includes(protocol) && hostname !== "";
}



/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  nY: () => (/* binding */ cleanUp),
  eF: () => (/* binding */ run),
  ni: () => (/* binding */ start)
});

// EXTERNAL MODULE: ./build/lean/proxy.js
var proxy = __nccwpck_require__(829);
// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
// EXTERNAL MODULE: external "crypto"
var external_crypto_ = __nccwpck_require__(982);
// EXTERNAL MODULE: external "fs"
var external_fs_ = __nccwpck_require__(896);
;// CONCATENATED MODULE: external "node:events"
const external_node_events_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
;// CONCATENATED MODULE: external "node:timers"
const external_node_timers_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers");
;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: external "node:v8"
const external_node_v8_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");
;// CONCATENATED MODULE: ./build/lean/main.js












// node_modules/@actions/core/lib/utils.js
function toCommandValue(input) {
	if (input === null || input === void 0) return "";
	else if (typeof input === "string" || input instanceof String) return input;
	return JSON.stringify(input);
}
function toCommandProperties(annotationProperties) {
	if (!Object.keys(annotationProperties).length) return {};
	return {
		title: annotationProperties.title,
		file: annotationProperties.file,
		line: annotationProperties.startLine,
		endLine: annotationProperties.endLine,
		col: annotationProperties.startColumn,
		endColumn: annotationProperties.endColumn
	};
}
// node_modules/@actions/core/lib/command.js
function issueCommand(command, properties, message) {
	const cmd = new Command(command, properties, message);
	process.stdout.write(cmd.toString() + external_os_.EOL);
}
const CMD_STRING = "::";
var Command = class {
	constructor(command, properties, message) {
		if (!command) command = "missing.command";
		this.command = command;
		this.properties = properties;
		this.message = message;
	}
	toString() {
		let cmdStr = CMD_STRING + this.command;
		if (this.properties && Object.keys(this.properties).length > 0) {
			cmdStr += " ";
			let first = true;
			for (const key in this.properties) if (this.properties.hasOwnProperty(key)) {
				const val = this.properties[key];
				if (val) {
					if (first) first = false;
					else cmdStr += ",";
					cmdStr += `${key}=${escapeProperty(val)}`;
				}
			}
		}
		cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
		return cmdStr;
	}
};
function escapeData(s) {
	return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
	return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}
// node_modules/@actions/core/lib/file-command.js
function issueFileCommand(command, message) {
	const filePath = process.env[`GITHUB_${command}`];
	if (!filePath) throw new Error(`Unable to find environment variable for file command ${command}`);
	if (!external_fs_.existsSync(filePath)) throw new Error(`Missing file at path: ${filePath}`);
	external_fs_.appendFileSync(filePath, `${toCommandValue(message)}${external_os_.EOL}`, { encoding: "utf8" });
}
function prepareKeyValueMessage(key, value) {
	const delimiter = `ghadelimiter_${external_crypto_.randomUUID()}`;
	const convertedValue = toCommandValue(value);
	if (key.includes(delimiter)) throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
	if (convertedValue.includes(delimiter)) throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
	return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}
// node_modules/@actions/core/lib/summary.js
var __awaiter$1 = function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
const { access, appendFile, writeFile } = external_fs_.promises;
const SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
var Summary = class {
	constructor() {
		this._buffer = "";
	}
	filePath() {
		return __awaiter$1(this, void 0, void 0, function* () {
			if (this._filePath) return this._filePath;
			const pathFromEnv = process.env[SUMMARY_ENV_VAR];
			if (!pathFromEnv) throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
			try {
				yield access(pathFromEnv, external_fs_.constants.R_OK | external_fs_.constants.W_OK);
			} catch (_a) {
				throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
			}
			this._filePath = pathFromEnv;
			return this._filePath;
		});
	}
	wrap(tag, content, attrs = {}) {
		const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
		if (!content) return `<${tag}${htmlAttrs}>`;
		return `<${tag}${htmlAttrs}>${content}</${tag}>`;
	}
	write(options) {
		return __awaiter$1(this, void 0, void 0, function* () {
			const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
			const filePath = yield this.filePath();
			yield (overwrite ? writeFile : appendFile)(filePath, this._buffer, { encoding: "utf8" });
			return this.emptyBuffer();
		});
	}
	clear() {
		return __awaiter$1(this, void 0, void 0, function* () {
			return this.emptyBuffer().write({ overwrite: true });
		});
	}
	stringify() {
		return this._buffer;
	}
	isEmptyBuffer() {
		return this._buffer.length === 0;
	}
	emptyBuffer() {
		this._buffer = "";
		return this;
	}
	addRaw(text, addEOL = false) {
		this._buffer += text;
		return addEOL ? this.addEOL() : this;
	}
	addEOL() {
		return this.addRaw(external_os_.EOL);
	}
	addCodeBlock(code, lang) {
		const attrs = Object.assign({}, lang && { lang });
		const element = this.wrap("pre", this.wrap("code", code), attrs);
		return this.addRaw(element).addEOL();
	}
	addList(items, ordered = false) {
		const tag = ordered ? "ol" : "ul";
		const listItems = items.map((item) => this.wrap("li", item)).join("");
		const element = this.wrap(tag, listItems);
		return this.addRaw(element).addEOL();
	}
	addTable(rows) {
		const tableBody = rows.map((row) => {
			const cells = row.map((cell) => {
				if (typeof cell === "string") return this.wrap("td", cell);
				const { header, data, colspan, rowspan } = cell;
				const tag = header ? "th" : "td";
				const attrs = Object.assign(Object.assign({}, colspan && { colspan }), rowspan && { rowspan });
				return this.wrap(tag, data, attrs);
			}).join("");
			return this.wrap("tr", cells);
		}).join("");
		const element = this.wrap("table", tableBody);
		return this.addRaw(element).addEOL();
	}
	addDetails(label, content) {
		const element = this.wrap("details", this.wrap("summary", label) + content);
		return this.addRaw(element).addEOL();
	}
	addImage(src, alt, options) {
		const { width, height } = options || {};
		const attrs = Object.assign(Object.assign({}, width && { width }), height && { height });
		const element = this.wrap("img", null, Object.assign({
			src,
			alt
		}, attrs));
		return this.addRaw(element).addEOL();
	}
	addHeading(text, level) {
		const tag = `h${level}`;
		const allowedTag = [
			"h1",
			"h2",
			"h3",
			"h4",
			"h5",
			"h6"
		].includes(tag) ? tag : "h1";
		const element = this.wrap(allowedTag, text);
		return this.addRaw(element).addEOL();
	}
	addSeparator() {
		const element = this.wrap("hr", null);
		return this.addRaw(element).addEOL();
	}
	addBreak() {
		const element = this.wrap("br", null);
		return this.addRaw(element).addEOL();
	}
	addQuote(text, cite) {
		const attrs = Object.assign({}, cite && { cite });
		const element = this.wrap("blockquote", text, attrs);
		return this.addRaw(element).addEOL();
	}
	addLink(text, href) {
		const element = this.wrap("a", text, { href });
		return this.addRaw(element).addEOL();
	}
};
const summary = new Summary();
var ExitCode;
(function(ExitCode) {
	ExitCode[ExitCode["Success"] = 0] = "Success";
	ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function setSecret(secret) {
	issueCommand("add-mask", {}, secret);
}
function getInput(name, options) {
	const val = process.env[`INPUT_${name.replace(/ /g, "_").toUpperCase()}`] || "";
	if (options && options.required && !val) throw new Error(`Input required and not supplied: ${name}`);
	if (options && options.trimWhitespace === false) return val;
	return val.trim();
}
function setOutput(name, value) {
	if (process.env["GITHUB_OUTPUT"] || "") return issueFileCommand("OUTPUT", prepareKeyValueMessage(name, value));
	process.stdout.write(external_os_.EOL);
	issueCommand("set-output", { name }, toCommandValue(value));
}
function debug(message) {
	issueCommand("debug", {}, message);
}
function error(message, properties = {}) {
	issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function warning(message, properties = {}) {
	issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function notice(message, properties = {}) {
	issueCommand("notice", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function info(message) {
	process.stdout.write(message + external_os_.EOL);
}
function saveState(name, value) {
	if (process.env["GITHUB_STATE"] || "") return issueFileCommand("STATE", prepareKeyValueMessage(name, value));
	issueCommand("save-state", { name }, toCommandValue(value));
}
function getState(name) {
	return process.env[`STATE_${name}`] || "";
}
function backOffSeconds(faults, retryAfter, random) {
	const pause = faults > 10 ? 180 : Math.min(2 ** faults, 60);
	return Math.max(floorSeconds(retryAfter, random), pause * (.75 + random * .25));
}
function floorSeconds(retryAfter, random) {
	return Math.min(retryAfter, 600) * (1 + .05 * random);
}
const lastMoment = 1200;
function limitWithin({ clock, deadline }, most) {
	return Math.max(0, Math.min(most, deadline + lastMoment - clock.now()));
}
async function pauseWithin(patience, pause, retryAfter) {
	const { clock, deadline, signal } = patience;
	const left = (deadline - clock.now()) / 1e3;
	if (left <= 0) return false;
	await clock.sleep(Math.min(pause, left) * 1e3, signal);
	return pause <= left || Math.min(retryAfter, 600) <= left;
}
function waitAfterFault(patience, faults, retryAfter = 0) {
	return pauseWithin(patience, backOffSeconds(faults, retryAfter, patience.random()), retryAfter);
}
// build/base/clock.js
const longestTimer = 2 ** 31 - 1;
const systemClock = {
	now: () => performance.now(),
	date: () => Date.now(),
	sleep: async (milliseconds, signal) => {
		await (0,promises_namespaceObject.setTimeout)(Math.min(Math.max(0, milliseconds), longestTimer), void 0, signal === void 0 ? {} : { signal }).catch((error) => {
			throw signal?.aborted ? signal.reason : error;
		});
	},
	after: (milliseconds, late) => {
		const timer = (0,external_node_timers_namespaceObject.setTimeout)(late, Math.min(Math.max(0, milliseconds), longestTimer));
		return () => (0,external_node_timers_namespaceObject.clearTimeout)(timer);
	}
};
async function within({ clock, milliseconds, late, signal }, work) {
	signal?.throwIfAborted();
	const ended = new AbortController();
	const stop = () => ended.abort(signal?.reason);
	signal?.addEventListener("abort", stop, { once: true });
	const cancel = clock.after(milliseconds, () => ended.abort(late()));
	try {
		return await unlessAborted(work(ended.signal), ended.signal);
	} finally {
		cancel();
		signal?.removeEventListener("abort", stop);
	}
}
async function unlessAborted(promise, signal) {
	promise.catch(() => {});
	signal.throwIfAborted();
	const { promise: aborted, reject } = Promise.withResolvers();
	const abort = () => reject(signal.reason);
	signal.addEventListener("abort", abort, { once: true });
	try {
		return await Promise.race([promise, aborted]);
	} finally {
		signal.removeEventListener("abort", abort);
	}
}
// build/base/read.js
function fields(value) {
	return isFields(value) ? value : {};
}
function isFields(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
function sameWord(one, other) {
	return one.toLowerCase() === other.toLowerCase();
}
function list(value) {
	return Array.isArray(value) ? value : [];
}
function main_text(value) {
	if (typeof value === "string") return cutSignatures(value.toWellFormed()).trim();
	return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
function verbatim(value) {
	return typeof value === "string" ? value : "";
}
function number$1(value) {
	if (typeof value === "number") return Number.isFinite(value) ? value : void 0;
	if (typeof value !== "string" || !/^\s*[+-]?\d+(\.\d+)?\s*$/.test(value)) return void 0;
	return Number(value);
}
const separator = String.raw`(?:[?&]|%(?:25)*(?:3F|26)|&amp;|\\u0026)`;
const equals = String.raw`(?:=|%(?:25)*3D|\\u003d)`;
const field = String.raw`\\*["']\s*:\s*\\*["']`;
const signature = new RegExp(String.raw`((?:${separator}|\b)(?:sig|signature)(?:${equals}|${field}))[^&\s"'<>\\]+`, "gi");
const signedQuery = new RegExp(String.raw`(${separator}[tcsh]${equals})[\w%.~+/=-]{16,}`, "gi");
const jwt = /eyJ[\w-]{8,}(?:\.[\w-]*){0,4}/g;
const userInfo = /(:\/\/)[^\s/?#"'<>\\]*@/g;
function cutSignatures(value) {
	return value.replace(signature, "$1***").replace(signedQuery, "$1***").replace(jwt, "***").replace(userInfo, "$1***@");
}
const isoDuration$1 = /^([+-])?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;
const timeSpan = /^(-)?(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)$/;
function durationSeconds(value) {
	if (typeof value !== "string") return void 0;
	const given = value.trim();
	const match = isoDuration$1.exec(given) ?? timeSpan.exec(given);
	if (!match || !/\d/.test(given)) return void 0;
	const [, sign, days = 0, hours = 0, minutes = 0, seconds = 0] = match;
	const total = Number(days) * 86400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
	return Number.isSafeInteger(Math.round(total)) && sign !== "-" ? total : void 0;
}
const timestamp = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)?$/i;
function time(value) {
	if (typeof value !== "string") return void 0;
	const match = timestamp.exec(value.trim());
	if (!match || Number(match[1]) < 1970) return void 0;
	const [, year, month, day, hours, minutes, seconds, fraction = "", zone = "Z"] = match;
	const parsed = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${fraction.slice(0, 3).padEnd(3, "0")}` + (zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase()));
	return Number.isNaN(parsed) ? void 0 : parsed;
}
const unitBytes = {
	b: 1,
	bytes: 1,
	kb: 1024,
	mb: 1024 ** 2,
	gb: 1024 ** 3,
	tb: 1024 ** 4,
	pb: 1024 ** 5
};
function size(value) {
	const given = main_text(value);
	const match = /^([\d.,]+)\s*([a-z]+)$/i.exec(given);
	const factor = unitBytes[match?.[2]?.toLowerCase() ?? ""] ?? NaN;
	const bytes = Math.round((decimal(match?.[1] ?? "") ?? NaN) * factor);
	return Number.isSafeInteger(bytes) ? {
		text: given,
		bytes
	} : void 0;
}
function sizeIn(unit, value) {
	const given = typeof value === "number" ? String(number$1(value) ?? "") : main_text(value);
	return given === "" ? void 0 : size(`${given} ${unit}`);
}
function decimal(given) {
	const plain = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(given) ? given.replaceAll(",", "") : given.replace(",", ".");
	return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : void 0;
}
function retryAfterSeconds(header, date, now) {
	if (header === void 0) return 0;
	if (/^\s*\d+\s*$/.test(header)) return Number(header);
	const from = Date.parse(date ?? "");
	const until = Date.parse(header);
	return Number.isNaN(until) ? 0 : Math.max(0, (until - (Number.isNaN(from) ? now : from)) / 1e3);
}
// build/azure/http/answer.js
var Fault = class Fault extends Error {
	name = "Fault";
	status;
	retryAfter;
	variable;
	constructor(message, status, retryAfter = 0, variable) {
		super(message);
		this.status = status;
		this.retryAfter = retryAfter;
		this.variable = variable;
	}
	of(service) {
		return new Fault(`${service}: ${this.message}`, this.status, this.retryAfter, this.variable);
	}
	get advice() {
		return this.variable === void 0 ? "" : `. Set the variable ${this.variable} right for this step.`;
	}
};
async function ask(transport, request, { clock, limit, signal }) {
	let begun;
	const late = () => new Fault(`no whole answer within ${Math.round(limit) / 1e3} s`);
	try {
		return await within({
			clock,
			milliseconds: limit,
			late,
			signal
		}, async (ended) => {
			const { status, headers, body: stream } = await transport.request(request, ended);
			begun = {
				status,
				headers
			};
			const body = await bodyOf(stream);
			return {
				status,
				headers,
				body,
				json: parseJson(body)
			};
		});
	} catch (error) {
		if (signal?.aborted) throw signal.reason;
		const fault = error instanceof Fault ? error : connectionFault(error);
		throw begun === void 0 ? fault : new Fault(describeAnswer(begun.status, begun.headers, void 0, fault.message));
	}
}
const longestBody = 16 * 1024 ** 2;
async function bodyOf(stream) {
	const chunks = [];
	let bytes = 0;
	for await (const chunk of stream) {
		bytes += chunk.byteLength;
		if (bytes > longestBody) throw new Fault("a body of more than 16 MiB");
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString("utf8");
}
function faultOf(answer, now, mayBeEmpty = false) {
	const { status, headers, body, json } = answer;
	const fault = (instead) => new Fault(describeAnswer(status, headers, json, instead), status, askedPause(headers, now));
	if (status === 408 || status === 429 || status >= 500) return fault();
	if (status !== 200 || json !== void 0) return void 0;
	if (body.trim() === "") return mayBeEmpty ? void 0 : fault("an empty body");
	return fault("a body that is not JSON");
}
const connectionFaults = {
	ECONNREFUSED: "connection refused",
	ECONNRESET: "connection reset",
	EPIPE: "connection reset",
	UND_ERR_SOCKET: "connection closed before the answer was whole",
	UND_ERR_CONNECT_TIMEOUT: "no connection within the limit",
	UND_ERR_HEADERS_TIMEOUT: "no answer within the limit",
	UND_ERR_BODY_TIMEOUT: "no whole answer within the limit",
	ENOTFOUND: "host name not found",
	EAI_AGAIN: "host name not resolved"
};
const unknownCa = new Set([
	"DEPTH_ZERO_SELF_SIGNED_CERT",
	"SELF_SIGNED_CERT_IN_CHAIN",
	"UNABLE_TO_GET_ISSUER_CERT",
	"UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
	"UNABLE_TO_VERIFY_LEAF_SIGNATURE"
]);
function connectionFault(error) {
	const inner = error instanceof AggregateError ? error.errors[0] : error;
	const code = main_text(fields(inner).code) || main_text(fields(error).code);
	if (inner instanceof proxy.p) {
		const refuses = inner.status === 403 || inner.status === 407;
		return new Fault(inner.message, void 0, 0, refuses ? (0,proxy.n)(process.env) : void 0);
	}
	const plain = connectionFaults[code];
	const isUnknownCa = unknownCa.has(code);
	const tls = isUnknownCa || /CERT|TLS|SSL|ALTNAME/.test(code) ? " (TLS; a proxy's own certificate belongs in NODE_EXTRA_CA_CERTS)" : "";
	const said = plain ?? (error instanceof Error && error.message !== "" ? error.message : "connection failed");
	const variable = isUnknownCa ? "NODE_EXTRA_CA_CERTS" : void 0;
	return new Fault(`${said}${code === "" ? "" : ` [${code}]`}${tls}`, void 0, 0, variable);
}
function parseJson(body) {
	try {
		return JSON.parse(body.replace(/^\uFEFF/, ""));
	} catch {
		return;
	}
}
function describeAnswer(status, headers, body, instead) {
	const error = fields(fields(body).error ?? body);
	const code = main_text(error.code);
	const [described = ""] = main_text(fields(body).error_description).split(/\r?\n/);
	const message = cutSignatures((main_text(error.message) || described).replace(/\s+/g, " "));
	const said = instead ?? (status >= 300 && status < 400 ? "a redirect, which is not followed" : void 0) ?? [code, message].filter((part) => part !== "").join(": ");
	const ids = [["request ID", header(headers, "x-ms-request-id")], ["correlation ID", header(headers, "x-ms-correlation-request-id")]].flatMap(([name, id]) => id ? [`${name} ${main_text(id)}`] : []);
	return [
		String(status),
		said,
		ids.length === 0 ? "" : `(${ids.join(", ")})`
	].filter((part) => part !== "").join(" ");
}
function askedPause(headers, now) {
	const asked = retryAfterSeconds(header(headers, "retry-after"), header(headers, "date"), now);
	const refilled = header(headers, "x-ms-user-quota-remaining")?.trim() === "0" ? durationSeconds(header(headers, "x-ms-user-quota-resets-after")) ?? 5 : 0;
	return Math.min(Math.max(asked, refilled), 600);
}
function header(headers, name) {
	const value = headers[name];
	return Array.isArray(value) ? value[0] : value;
}
// build/azure/http/cloud.js
const environments = [
	"azurecloud",
	"azureusgovernment",
	"azurechinacloud"
];
const known$1 = {
	azurecloud: {
		resourceManager: "https://management.azure.com",
		authority: "https://login.microsoftonline.com",
		audience: "api://AzureADTokenExchange",
		portal: "https://portal.azure.com"
	},
	azureusgovernment: {
		resourceManager: "https://management.usgovcloudapi.net",
		authority: "https://login.microsoftonline.us",
		audience: "api://AzureADTokenExchangeUSGov",
		portal: "https://portal.azure.us"
	},
	azurechinacloud: {
		resourceManager: "https://management.chinacloudapi.cn",
		authority: "https://login.chinacloudapi.cn",
		audience: "api://AzureADTokenExchangeChina",
		portal: "https://portal.azure.cn"
	}
};
const microsoftAuthorities = [
	[
		"https://login.microsoftonline.com",
		"https://login.windows.net",
		"https://login.microsoft.com",
		"https://sts.windows.net"
	],
	["https://login.microsoftonline.us", "https://login.usgovcloudapi.net"],
	["https://login.chinacloudapi.cn", "https://login.partner.microsoftonline.cn"]
];
function cloudOf(environment, resourceManagerUrl, authorityHost) {
	const { resourceManager, authority, audience, portal } = known$1[environment];
	const endpoint = resourceManagerUrl?.origin ?? resourceManager;
	const entra = authorityHost?.origin ?? authority;
	const aliases = microsoftAuthorities.find((origins) => origins.includes(entra));
	return {
		resourceManager: endpoint,
		exact: resourceManagerUrl !== void 0,
		scope: `${endpoint}/.default`,
		authority: entra,
		authorityAliases: aliases ?? [],
		instanceDiscovery: aliases !== void 0,
		audience,
		portal
	};
}
const regionLabel = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const trustedPath = /\/providers\/Microsoft\.(RecoveryServices|DataProtection|ResourceGraph)\//i;
function distrust(url, cloud) {
	if (url.protocol !== "https:") return `its scheme is ${url.protocol.replace(":", "")}, not https`;
	if (url.username !== "" || url.password !== "") return "it has user info before the host";
	if (!isTrustedOrigin(url, cloud)) return `its host is ${url.host}, not ${new URL(cloud.resourceManager).host}`;
	const path = decodePath(url);
	if (/[\\\0-\x1f]|\/\.\.?(\/|$)/.test(path)) return "its path has dots or control characters that lead elsewhere";
	const providers = [...path.matchAll(/\/providers\/([^/]+)/gi)].map((match) => match[1]);
	if (!trustedPath.test(`${url.pathname}/`) || providers.length !== 1) return `its provider is ${providers.join(" and ") || "missing"}, not Microsoft.RecoveryServices or Microsoft.DataProtection`;
}
function isTrustedOrigin(url, cloud) {
	if (url.origin === cloud.resourceManager) return true;
	const { host } = new URL(cloud.resourceManager);
	if (cloud.exact || url.port !== "" || !url.host.endsWith(`.${host}`)) return false;
	return regionLabel.test(url.host.slice(0, -host.length - 1));
}
function decodePath(url) {
	return url.pathname.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}
// build/azure/http/resource-path.js
function resourceType(path) {
	const [, provider = "", tail = ""] = /\/providers\/(Microsoft\.\w+)\/(.*)$/i.exec(path) ?? [];
	return {
		provider,
		types: tail.split("/").filter((_, index) => index % 2 === 0)
	};
}
function namesIn(path) {
	const after = (segment) => new RegExp(`/${segment}/([^/]+)`, "i").exec(path)?.[1] ?? "";
	return {
		subscription: after("subscriptions"),
		resourceGroup: after("resourceGroups"),
		vault: after("Microsoft\\.\\w+/(?:backupVaults|vaults)")
	};
}
function missingRoot(path, code, message) {
	if (sameWord(code, "SubscriptionNotFound")) return "subscription";
	if (sameWord(code, "ResourceGroupNotFound")) return "resource-group";
	if (!sameWord(code, "ResourceNotFound")) return void 0;
	const named = /'(Microsoft\.\w+\/\w+\/[^/']+)'/.exec(message)?.[1] ?? "";
	const { provider, types } = resourceType(path);
	const { vault } = namesIn(path);
	return vault !== "" && sameWord(named, `${provider}/${types[0]}/${decodeURIComponent(vault)}`) ? "vault" : void 0;
}
// build/azure/http/request.js
var RefusedError = class extends Error {
	name = "RefusedError";
	status;
	code;
	path;
	body;
	what;
	missing;
	constructor(status, description, path, body, what) {
		super(description);
		this.status = status;
		this.code = main_text(fields(fields(body).error).code);
		this.path = path;
		this.body = body;
		this.what = what;
		this.missing = status === 404 ? missingRoot(path, this.code, main_text(fields(fields(body).error).message)) : void 0;
	}
};
function toAnswer({ status, headers, json }, now) {
	const date = Date.parse(header(headers, "date") ?? "");
	return {
		status,
		body: json,
		retryAfter: askedPause(headers, now),
		serviceTime: Number.isNaN(date) ? now : date,
		remaining: leastRemaining(headers),
		description: describeAnswer(status, headers, status < 300 ? void 0 : json)
	};
}
function leastRemaining(headers) {
	const counts = Object.keys(headers).filter((name) => name.startsWith("x-ms-ratelimit-remaining-")).map((name) => Number.parseInt(header(headers, name) ?? "", 10)).filter((count) => Number.isSafeInteger(count));
	return Math.min(Number.POSITIVE_INFINITY, ...counts);
}
const userAgent = `wait-for-azure-backup/1.0.0`;
// build/azure/http/api-version.js
const codes = [
	"NoRegisteredProviderFound",
	"InvalidResourceType",
	"InvalidApiVersionParameter"
];
function versionOf({ search }) {
	return /[?&]api-version=([^&]*)/.exec(search)?.[1] ?? "";
}
function inVersion(url, version) {
	const other = new URL(url);
	other.search = url.search.replace(/([?&]api-version=)[^&]*/, `$1${version}`);
	return other;
}
function supportedVersion(status, body) {
	const error = fields(fields(body).error);
	if (status !== 400 || !codes.some((code) => sameWord(code, main_text(error.code)))) return void 0;
	const [, list = ""] = /supported (?:api-)?versions are '([^']*)'/i.exec(main_text(error.message)) ?? [];
	const all = (list.match(/\d{4}-\d\d-\d\d(?:-\w+)?/g) ?? []).sort();
	return all.filter((version) => version.length === 10).at(-1) ?? all.at(-1);
}
// build/azure/http/subject.js
const words$3 = {
	job: "job",
	"job-list": "jobs of vault",
	cancellation: "the cancellation of job",
	operation: "operation",
	vault: "vault",
	"recovery-points": "recovery points of",
	"resource-graph": "Azure Resource Graph"
};
function subjectWords({ kind, name }) {
	return `${words$3[kind]} ${name}`.trimEnd();
}
// build/azure/http/send.js
const grace = 12e4;
function createSender(options) {
	const { transport, tokens, patience, log, attemptLimit, trusts, ownVersions } = options;
	const { clock } = patience;
	const statistics = {
		requests: 0,
		faults: 0,
		throttled: 0
	};
	const seen = new Set();
	const versions = new Map();
	let worked = false;
	function tokenFor(isRead, signal) {
		if (!isRead) return unlessAborted(tokens.get(), signal);
		const late = () => new proxy.f("no token by the deadline");
		const milliseconds = limitWithin(patience, Number.POSITIVE_INFINITY);
		return within({
			clock,
			milliseconds,
			late,
			signal
		}, () => tokens.get());
	}
	async function send(request, signal, isRead) {
		const { method = "GET", what, mayBeEmpty = false, leastPause = 0 } = request;
		const body = request.body === void 0 ? void 0 : JSON.stringify(request.body);
		const key = `${request.url.pathname} ${body ?? ""}`;
		const type = typeKey(request.url);
		const isOwn = ownVersions.includes(versionOf(request.url));
		const known = isOwn ? versions.get(type) : void 0;
		let url = known === void 0 ? request.url : inVersion(request.url, known);
		let faults = 0;
		let renewed = false;
		let redirected = false;
		let otherVersion = false;
		let missingSince;
		let closedSince;
		for (;;) {
			const token = await tokenFor(isRead, signal);
			const limit = isRead ? limitWithin(patience, attemptLimit) : attemptLimit;
			statistics.requests += 1;
			const outgoing = outgoingRequest(url, method, token, body);
			const came = await ask(transport, outgoing, {
				clock,
				limit,
				signal
			}).catch(asFault);
			if (!(came instanceof Fault)) {
				worked = true;
				log.debug(describeAnswer(came.status, came.headers, came.json));
			}
			const fault = came instanceof Fault ? came : faultOf(came, clock.date(), mayBeEmpty) ?? missingYet(came);
			if (fault !== void 0) {
				if (!isRead) throw fault;
				throwIfClosed(fault);
				faults += 1;
				if (!await goesOn(fault, faults)) throw new proxy.f(fault.message);
				continue;
			}
			const answer = toAnswer(came, clock.date());
			if (answer.status >= 200 && answer.status < 300) {
				seen.add(key);
				return answer;
			}
			if (answer.status === 401 && !renewed) {
				renewed = true;
				log.debug(`The token was refused while reading ${subjectWords(what)}; a new one is asked for once.`);
				tokens.renew(token);
				continue;
			}
			const elsewhere = isRead && !redirected ? regionOf(came, method, url) : void 0;
			if (elsewhere !== void 0) {
				redirected = true;
				url = elsewhere;
				continue;
			}
			const version = isOwn ? supportedVersion(answer.status, answer.body) : void 0;
			if (version !== void 0 && version !== versionOf(url) && !otherVersion) {
				otherVersion = true;
				log.debug(`This cloud lacks api-version ${versionOf(url)} of ${type}; ${version} is asked for.`);
				versions.set(type, version);
				url = inVersion(url, version);
				continue;
			}
			throw new RefusedError(answer.status, answer.description, url.pathname, answer.body, what);
		}
		function missingYet({ status, headers, json }) {
			if (!isRead || status !== 404 || seen.has(key)) return void 0;
			const error = fields(fields(json).error);
			if (missingRoot(url.pathname, main_text(error.code), main_text(error.message)) !== void 0) return void 0;
			missingSince ??= clock.now();
			if (clock.now() - missingSince >= grace) return void 0;
			return new Fault(describeAnswer(status, headers, json), status, askedPause(headers, clock.date()));
		}
		function throwIfClosed({ message, variable, advice }) {
			if (variable === void 0 || worked) return;
			closedSince ??= clock.now();
			if (clock.now() - closedSince < grace) return;
			throw new proxy.m(variable, `Reading ${subjectWords(what)} failed for two minutes: ${message}${advice}`);
		}
		async function goesOn({ message, status, retryAfter }, count) {
			statistics.faults += 1;
			if (status === 429) statistics.throttled += 1;
			const pause = Math.max(backOffSeconds(count, retryAfter, patience.random()), leastPause);
			log.fault(`Reading ${subjectWords(what)} failed, ${nextTry(patience, pause, retryAfter)}: ${message}`);
			return await pauseWithin({
				...patience,
				signal
			}, pause, retryAfter);
		}
	}
	return {
		statistics,
		send
	};
	function regionOf({ status, headers }, method, url) {
		const location = header(headers, "location") ?? "";
		if (!(status === 307 || status === 308) && (method !== "GET" || status !== 301 && status !== 302)) return void 0;
		const target = URL.canParse(location) ? new URL(location) : void 0;
		if (target === void 0 || target.origin === url.origin || target.pathname !== url.pathname) return void 0;
		return trusts(target) ? new URL(url.pathname + url.search, target.origin) : void 0;
	}
}
function typeKey({ pathname }) {
	const { provider, types } = resourceType(pathname);
	return [provider, ...types].join("/").toLowerCase();
}
function asFault(error) {
	if (error instanceof Fault) return error;
	throw error;
}
function nextTry({ clock, deadline }, pause, retryAfter) {
	const left = Math.max(0, (deadline - clock.now()) / 1e3);
	return left === 0 || pause > left && Math.min(retryAfter, 600) > left ? "with no time left for another try" : `next try in ${Math.ceil(Math.min(pause, left))} s`;
}
function outgoingRequest({ origin, pathname, search }, method, token, body) {
	const headers = {
		authorization: `Bearer ${token}`,
		accept: "application/json",
		"accept-language": "en-US",
		"x-ms-client-request-id": (0,external_node_crypto_.randomUUID)(),
		"x-ms-return-client-request-id": "true",
		"user-agent": userAgent,
		...body === void 0 ? {} : { "content-type": "application/json" }
	};
	return {
		origin,
		path: pathname + search,
		method,
		headers,
		body
	};
}
// build/azure/http/resource-manager.js
function createResourceManager(options) {
	const { cloud, transport, tokens, patience, log, attemptLimit = 3e4, ownVersions = [] } = options;
	const { statistics, send } = createSender({
		transport,
		tokens,
		patience,
		log,
		attemptLimit,
		trusts: (url) => distrust(url, cloud) === void 0,
		ownVersions
	});
	async function authorised(request, signal, isRead) {
		const reason = distrust(request.url, cloud);
		if (reason !== void 0) throw new proxy.h(`No token is sent to ${request.url.host} for ${subjectWords(request.what)}: ${reason}.`);
		return await send(request, signal, isRead);
	}
	return {
		statistics,
		origin: cloud.resourceManager,
		read: (request) => authorised(request, patience.signal, true),
		send: (request, signal) => authorised(request, signal, false),
		pause: async (seconds) => {
			await pauseWithin(patience, seconds, seconds);
		}
	};
}
// build/domain/job.js
function unreadJob({ id, vault }) {
	return {
		id,
		vault,
		operation: "",
		item: "",
		status: "",
		startTime: void 0,
		endTime: void 0,
		durationSeconds: void 0,
		size: void 0,
		phases: [],
		errors: [],
		properties: {},
		percent: void 0,
		remainingSeconds: void 0,
		activityId: "",
		container: "",
		server: "",
		instanceId: "",
		recoveryPointId: ""
	};
}
const words$2 = new Map([
	["completed", "Completed"],
	["succeeded", "Completed"],
	["success", "Completed"],
	["completedwithwarnings", "CompletedWithWarnings"],
	["completedwithwarning", "CompletedWithWarnings"],
	["successwithwarnings", "CompletedWithWarnings"],
	["successwithwarning", "CompletedWithWarnings"],
	["failed", "Failed"],
	["cancelled", "Cancelled"],
	["canceled", "Cancelled"],
	["inprogress", "InProgress"],
	["started", "InProgress"],
	["cancelling", "Cancelling"],
	["canceling", "Cancelling"],
	["paused", "Paused"]
]);
const running = new Set([
	"InProgress",
	"Cancelling",
	"Paused"
]);
const terminal = new Set([
	"Completed",
	"CompletedWithWarnings",
	"Failed",
	"Cancelled"
]);
function normaliseStatus(word) {
	return words$2.get(word.toLowerCase()) ?? word;
}
function hasEnded(job) {
	return terminal.has(job.status);
}
function isKnownStatus(status) {
	return running.has(status) || terminal.has(status);
}
function snapshotPhases(job) {
	return job.phases.filter((phase) => phase.name.toLowerCase() === "take snapshot");
}
function snapshotCompleted(job) {
	const phases = snapshotPhases(job);
	return phases.length === 0 ? void 0 : phases.every(({ status }) => status === "Completed");
}
function elapsedSeconds(job, now) {
	if (hasEnded(job) && job.durationSeconds) return job.durationSeconds;
	const end = job.endTime ?? (hasEnded(job) ? void 0 : now);
	if (job.startTime === void 0 || end === void 0) return job.durationSeconds;
	return Math.max(0, (end - job.startTime) / 1e3);
}
// build/azure/job-body.js
const deepest = 20;
function readJob(body, id, vault) {
	const job = fields(fields(body).properties);
	const extended = fields(job.extendedInfo);
	const properties = propertiesOf$1(extended);
	const status = main_text(job.status);
	return {
		id,
		vault,
		operation: main_text(job.operation) || main_text(job.operationCategory),
		item: itemOf$2(job),
		status: status === "" ? "Unknown" : normaliseStatus(status),
		startTime: time(job.startTime),
		endTime: time(job.endTime),
		durationSeconds: durationSeconds(job.duration),
		size: sizeOf(extended),
		phases: phasesOf(extended),
		errors: errorsOf(job, extended),
		properties,
		percent: percentOf(extended),
		remainingSeconds: durationSeconds(extended.estimatedRemainingDuration),
		activityId: main_text(job.activityId) || main_text(job.activityID),
		container: main_text(job.containerName) || main_text(job.storageAccountName),
		server: main_text(job.mabServerName),
		instanceId: main_text(job.backupInstanceId),
		recoveryPointId: main_text(fields(extended.targetRecoverPoint).recoveryPointID)
	};
}
function itemOf$2(job) {
	return [
		"entityFriendlyName",
		"backupInstanceFriendlyName",
		"dataSourceName"
	].map((name) => main_text(job[name])).find((name) => name !== "") ?? "";
}
function percentOf(extended) {
	const percent = number$1(extended.progressPercentage);
	return percent !== void 0 && percent >= 0 && percent <= 100 ? percent : void 0;
}
function phasesOf(extended) {
	return [...list(extended.tasksList), ...list(extended.subTasks)].filter(isFields).flatMap((task) => {
		const name = main_text(task.taskName) || main_text(task.taskId);
		if (name === "") return [];
		const startTime = time(task.startTime);
		const endTime = time(task.endTime);
		const details = main_text(task.taskExecutionDetails) || main_text(task.taskProgress);
		return {
			name,
			status: normaliseStatus(main_text(task.status) || main_text(task.taskStatus)),
			...startTime === void 0 ? {} : { startTime },
			...endTime === void 0 ? {} : { endTime },
			...details === "" ? {} : { details }
		};
	});
}
function propertiesOf$1(extended) {
	const bag = [...entriesOf(extended.propertyBag), ...entriesOf(extended.additionalDetails)];
	for (const name of ["recoveryDestination", "backupInstanceState"]) if (main_text(extended[name]) !== "") bag.push([name, cleaned(extended[name])]);
	for (const name of ["sourceRecoverPoint", "targetRecoverPoint"]) {
		const point = fields(extended[name]);
		if (main_text(point.recoveryPointID) !== "") bag.push([`${name}Id`, main_text(point.recoveryPointID)]);
		const at = time(point.recoveryPointTime);
		if (at !== void 0) bag.push([`${name}Time`, new Date(at).toISOString()]);
	}
	return Object.fromEntries(bag);
}
function entriesOf(bag, depth = 0) {
	return Object.entries(fields(bag)).flatMap(([key, value]) => main_text(key) === "" || value === null ? [] : [[main_text(key), cleaned(value, depth + 1)]]);
}
function cleaned(value, depth = 0) {
	if (typeof value === "string") return cutSignatures(value);
	if (depth > deepest) return void 0;
	if (Array.isArray(value)) return value.map((entry) => cleaned(entry, depth + 1));
	return isFields(value) ? Object.fromEntries(entriesOf(value, depth)) : value;
}
function sizeOf(extended) {
	const bag = entriesOf(extended.propertyBag);
	for (const name of ["backup size", "data transferred"]) for (const [key, value] of bag) {
		const [, word = "", unit] = /^([\w ]+?)(?:\s*\(in ([a-z]+)\))?$/i.exec(key) ?? [];
		if (word.trim().toLowerCase() !== name) continue;
		const found = unit === void 0 ? size(value) : sizeIn(unit, value);
		if (found !== void 0) return found;
	}
	const bytes = number$1(extended.dataTransferredInBytes) ?? number$1(extended.dataTransferedInBytes);
	return bytes === void 0 || bytes < 0 || !Number.isSafeInteger(Math.round(bytes)) ? void 0 : {
		text: `${Math.round(bytes)} B`,
		bytes: Math.round(bytes)
	};
}
function errorsOf(job, extended) {
	const details = job.errorDetails;
	const given = isFields(details) ? [details] : list(details);
	const warnings = list(extended.warningDetails).map((entry) => fields(entry).warning ?? entry);
	const errors = [...given, ...warnings].flatMap(readError);
	const dynamic = main_text(extended.dynamicErrorMessage);
	if (dynamic === "") return errors;
	const [first, ...others] = errors;
	if (first === void 0) return [{
		code: "",
		message: dynamic,
		recommendations: []
	}];
	return first.message.includes(dynamic) || first.cause ? errors : [{
		...first,
		cause: {
			code: "",
			message: dynamic
		}
	}, ...others];
}
function readError(value) {
	if (!isFields(value)) return [];
	const title = main_text(value.errorTitle);
	const said = main_text(value.errorString) || main_text(value.message);
	const message = title === "" || title === said ? said : said === "" ? title : `${title}: ${said}`;
	const code = main_text(value.errorCode) || main_text(value.code);
	const recommendations = [...list(value.recommendations), ...list(value.recommendedAction)].map(main_text).filter((action) => action !== "");
	const cause = rootCause(value, 0);
	if (code === "" && message === "" && recommendations.length === 0 && cause === void 0) return [];
	return [{
		code,
		message,
		recommendations,
		...cause === void 0 ? {} : { cause }
	}];
}
function rootCause(error, depth) {
	if (depth > deepest) return void 0;
	const inner = [
		...list(error.details),
		error.innerError,
		error.embeddedInnerError
	].find(isFields);
	if (inner === void 0) return void 0;
	const deeper = rootCause(inner, depth + 1);
	if (deeper !== void 0) return deeper;
	const detail = main_text(fields(inner.additionalInfo).DetailedNonLocalisedMessage);
	const cause = {
		code: main_text(inner.code),
		message: main_text(inner.message) || detail
	};
	return cause.code === "" && cause.message === "" ? void 0 : cause;
}
// build/azure/paths.js
const providers = {
	"recovery-services": {
		provider: "Microsoft.RecoveryServices",
		type: "vaults"
	},
	backup: {
		provider: "Microsoft.DataProtection",
		type: "backupVaults"
	}
};
function vaultId(vault, write = (name) => name) {
	const { provider, type } = providers[vault.kind];
	return `${`/subscriptions/${write(vault.subscriptionId)}/resourceGroups/${write(vault.resourceGroup)}`}/providers/${provider}/${type}/${write(vault.name)}`;
}
function vaultPath(vault) {
	return vaultId(vault, encodeURIComponent);
}
function jobPath(reference) {
	return `${vaultPath(reference.vault)}/backupJobs/${encodeURIComponent(reference.id)}`;
}
function jobKey(reference) {
	return `${jobPath(reference)} ${reference.region ?? ""}`.toLowerCase();
}
function pathOfId(id) {
	return id.split("/").map(encodeURIComponent).join("/");
}
const shape = /\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?\/providers\/Microsoft\.(RecoveryServices|DataProtection)(\/.*)$/i;
function parsePath(path) {
	const [, subscriptionId, group, provider, tail] = shape.exec(path) ?? [];
	if (subscriptionId === void 0 || provider === void 0 || tail === void 0) return void 0;
	const kind = provider.toLowerCase() === "recoveryservices" ? "recovery-services" : "backup";
	const resourceGroup = group === void 0 ? void 0 : decode(group);
	const segments = tail.split("/").filter((segment) => segment !== "").map(decode);
	const [type = "", name] = segments;
	const common = {
		kind,
		subscriptionId: decode(subscriptionId),
		resourceGroup
	};
	if (sameWord(type, providers[kind].type) && name !== void 0 && resourceGroup !== void 0) {
		const vault = {
			kind,
			subscriptionId: common.subscriptionId,
			resourceGroup,
			name
		};
		return {
			...common,
			vault,
			location: void 0,
			rest: segments.slice(2)
		};
	}
	if (sameWord(type, "locations") && name !== void 0) return {
		...common,
		vault: void 0,
		location: name,
		rest: segments.slice(2)
	};
	return {
		...common,
		vault: void 0,
		location: void 0,
		rest: segments
	};
}
function decode(segment) {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}
// build/azure/versions.js
const apiVersions = {
	recoveryServices: "2025-02-01",
	crossRegion: "2023-01-15",
	backupVault: "2025-07-01",
	resourceGraph: "2021-03-01"
};
// build/azure/operation.js
const words$1 = new Map([
	["inprogress", "InProgress"],
	["accepted", "InProgress"],
	["running", "InProgress"],
	["succeeded", "Succeeded"],
	["failed", "Failed"],
	["canceled", "Canceled"],
	["cancelled", "Canceled"]
]);
function operationEnded(operation) {
	return [
		"Succeeded",
		"Failed",
		"Canceled"
	].includes(operation.status);
}
function isKnownOperationStatus(status) {
	return [...words$1.values()].includes(status);
}
function readOperation(body) {
	const operation = fields(body);
	const properties = fields(operation.properties);
	const word = main_text(operation.status);
	const ids = [
		operation.jobId,
		properties.jobId,
		...list(properties.jobIds)
	].map(main_text);
	const validation = list(fields(properties.validateOperationResponse).validationResults);
	return {
		status: words$1.get(word.toLowerCase()) ?? word,
		jobIds: [...new Set(ids.filter((id) => id !== ""))],
		failedJobs: Object.entries(fields(properties.failedJobsError)).map(([item, reason]) => ({
			item,
			error: failedJobError(reason)
		})),
		errors: [...operationError(operation.error), ...validation.flatMap(readError)],
		startTime: time(operation.startTime),
		endTime: time(operation.endTime)
	};
}
function failedJobError(reason) {
	const [error] = readError(reason);
	return error ?? {
		code: "",
		message: main_text(reason) || "The job could not be started.",
		recommendations: []
	};
}
function operationError(value) {
	const [error] = readError(value);
	if (error === void 0) return [];
	const [info] = list(fields(value).additionalInfo).map((entry) => fields(entry).info).flatMap(readError);
	if (info === void 0 || error.recommendations.length > 0) return [error];
	const cause = error.cause ?? info.cause;
	return [{
		...error,
		recommendations: info.recommendations,
		...cause === void 0 ? {} : { cause }
	}];
}
function statusUrls(target, origin) {
	const { path, vault, id } = target;
	const name = encodeURIComponent(id);
	const subscription = `/subscriptions/${encodeURIComponent(path.subscriptionId)}`;
	if (path.kind === "recovery-services") {
		if (path.vault === void 0) return [withVersion(`${`${subscription}/providers/Microsoft.RecoveryServices/locations/${encodeURIComponent(path.location ?? "")}`}/backupCrrOperationsStatus/${name}`, origin, apiVersions.crossRegion)];
		const root = vaultPath(path.vault);
		const general = `${root}/backupOperations/${name}`;
		const [first = "", second = ""] = path.rest;
		const special = /^backupValidateOperation/i.test(first) ? `${root}/backupValidateOperationsStatuses/${name}` : sameWord(first, "backupPolicies") ? `${root}/backupPolicies/${encodeURIComponent(second)}/operations/${name}` : void 0;
		return (special === void 0 ? [general] : special.includes("Validate") ? [special, general] : [general, special]).map((one) => withVersion(one, origin, apiVersions.recoveryServices));
	}
	return [
		...path.location === void 0 ? [] : [`${subscription}/providers/Microsoft.DataProtection/locations/${encodeURIComponent(path.location)}`],
		...vault === void 0 ? [] : [vaultPath(vault)],
		...path.resourceGroup === void 0 || path.vault !== void 0 ? [] : [`${subscription}/resourceGroups/${encodeURIComponent(path.resourceGroup)}/providers/Microsoft.DataProtection`]
	].map((scope) => withVersion(`${scope}/operationStatus/${name}`, origin, apiVersions.backupVault));
}
function withVersion(path, origin, version) {
	return new URL(`${path}?api-version=${version}`, origin);
}
function startedJob(jobId, target) {
	const path = parsePath(jobId);
	const id = jobId.split("/").filter((segment) => segment !== "").at(-1) ?? jobId;
	const vault = path?.vault ?? target.vault;
	if (vault === void 0) return {
		id,
		vault
	};
	const region = path === void 0 ? target.path.location : path.location;
	const item = itemIdOf(target);
	return {
		id,
		vault,
		...region === void 0 ? {} : { region },
		...item === void 0 ? {} : { item }
	};
}
function itemIdOf({ path }) {
	const at = itemAt(path.rest);
	const names = path.rest.slice(0, at + 2);
	return path.vault === void 0 || at < 0 || names.length < at + 2 ? void 0 : `${vaultId(path.vault)}/${names.join("/")}`;
}
function itemAt(rest) {
	return rest.findIndex((segment) => sameWord(segment, "protectedItems") || sameWord(segment, "backupInstances"));
}
function operationFacts(operation, target) {
	return {
		...unreadJob({
			id: "",
			vault: target.vault
		}),
		item: itemOf$1(target),
		status: operation.status,
		startTime: operation.startTime,
		endTime: operationEnded(operation) ? operation.endTime : void 0,
		errors: operation.errors
	};
}
function itemOf$1({ path }) {
	const at = itemAt(path.rest);
	return at < 0 ? "" : path.rest[at + 1]?.split(";").at(-1) ?? "";
}
// build/azure/cancel.js
async function cancelJobs(references, options) {
	const { clock, limit } = options;
	const ended = new AbortController();
	const late = () => ended.abort(new DOMException("no answer in time", "TimeoutError"));
	const cancel = clock.after(limit, late);
	try {
		return (await Promise.all(references.map((one) => cancelJob(one, ended.signal, options)))).every((done) => done);
	} finally {
		cancel();
	}
}
async function cancelJob(reference, signal, { resourceManager, log, clock, random, limit }) {
	const { id, vault, region } = reference;
	const title = "Job not cancelled";
	if (vault.kind === "backup" || region !== void 0) {
		const kind = region === void 0 ? "jobs of Backup vaults" : "cross-region jobs";
		log.warning(`Job ${id} goes on: Azure offers no way to cancel ${kind}.`, title);
		return true;
	}
	const deadline = clock.now() + limit;
	for (let faults = 1;; faults += 1) try {
		const url = withVersion(`${jobPath(reference)}/cancel`, resourceManager.origin, apiVersions.recoveryServices);
		await resourceManager.send({
			url,
			method: "POST",
			what: {
				kind: "cancellation",
				name: id
			}
		}, signal);
		log.info(`Azure was asked to cancel job ${id}; it may still come to its own end first.`);
		return true;
	} catch (error) {
		const pause = error instanceof Fault ? backOffSeconds(faults, error.retryAfter, random()) : Number.POSITIVE_INFINITY;
		if (clock.now() + pause * 1e3 >= deadline) {
			log.warning(`Job ${id} was not cancelled: ${(0,proxy.c)(whyNot$1(error, limit))}`, title);
			return error instanceof RefusedError;
		}
		log.fault(`Asking to cancel job ${id} failed, next try in ${Math.ceil(pause)} s: ${(0,proxy.g)(error)}`);
		await clock.sleep(pause * 1e3);
	}
}
function whyNot$1(error, limit) {
	if (error instanceof DOMException && error.name === "TimeoutError") return `no answer within ${limit / 1e3} s; look whether Azure cancelled it all the same.`;
	if (!(error instanceof RefusedError)) return (0,proxy.g)(error);
	const hint = error.status === 403 ? " Cancelling takes the role Backup Operator (action Microsoft.RecoveryServices/Vaults/backupJobs/cancel/action)." : "";
	return `${error.message}.${hint}`;
}
// build/domain/outcome.js
function unproved({ verification }) {
	return verification?.state === "verified" ? void 0 : verification;
}
function lastEnding(outcome) {
	const state = unproved(outcome)?.state;
	return state === void 0 || state === "verified" ? outcome.ending : state;
}
function problemOf(outcome) {
	return unproved(outcome)?.problem ?? outcome.problem;
}
function mainError(outcome) {
	const own = outcome.job.errors[0];
	const problem = problemOf(outcome);
	const decides = unproved(outcome) !== void 0 || outcome.ending === "error" || outcome.ending === "not-fresh";
	return problem !== void 0 && (decides || own === void 0) ? {
		...problem,
		recommendations: []
	} : own;
}
// build/domain/verdict.js
const conclusions = [
	"error",
	"failure",
	"cancelled",
	"timed-out",
	"warning",
	"pending",
	"success"
];
function conclude(outcome) {
	const ending = lastEnding(outcome);
	if (ending === "error") return "error";
	if (ending === "timed-out") return "timed-out";
	if (ending === "stopped" || ending === "looked") return "pending";
	if (ending === "snapshot") return "success";
	if (ending === "not-fresh" || ending === "missing") return "failure";
	const { job } = outcome;
	switch (job.status) {
		case "Completed": return "success";
		case "Succeeded": return job.errors.length === 0 ? "success" : "failure";
		case "CompletedWithWarnings": return "warning";
		case "Cancelled":
		case "Canceled": return "cancelled";
		default: return "failure";
	}
}
function fails(outcome, failOn) {
	const conclusion = conclude(outcome);
	if (conclusion === "error") return true;
	if (failOn === "never" || conclusion === "success") return false;
	if (conclusion === "warning") return failOn === "warning";
	return conclusion === "pending" ? lastEnding(outcome) === "stopped" : true;
}
function worstFirst(outcomes) {
	const rank = (outcome) => conclusions.indexOf(conclude(outcome));
	return [...outcomes].sort((one, other) => rank(one) - rank(other));
}
// build/report/page/bounded.js
const longestName = 300;
const longestMessage = 4e3;
function bounded(outcome) {
	const { job, problem, verification, recoveryPoint, observed } = outcome;
	return {
		...outcome,
		job: boundedJob(job),
		problem: boundedProblem(problem),
		...verification && { verification: {
			...verification,
			problem: boundedProblem(verification.problem)
		} },
		...recoveryPoint && { recoveryPoint: {
			...recoveryPoint,
			type: main_name(recoveryPoint.type)
		} },
		observed: observed.map((phase) => ({
			...phase,
			name: main_name(phase.name),
			status: main_name(phase.status)
		}))
	};
}
function boundedProblem(problem) {
	return problem && {
		code: main_name(problem.code),
		message: message(problem.message)
	};
}
function boundedJob(job) {
	return {
		...job,
		id: main_name(job.id),
		vault: job.vault && boundedVault(job.vault),
		operation: main_name(job.operation),
		item: main_name(job.item),
		status: main_name(job.status),
		size: job.size && {
			...job.size,
			text: main_name(job.size.text)
		},
		phases: job.phases.map((phase) => ({
			...phase,
			name: main_name(phase.name),
			status: main_name(phase.status),
			...phase.details === void 0 ? {} : { details: main_name(phase.details) }
		})),
		errors: job.errors.map(boundedError),
		activityId: main_name(job.activityId)
	};
}
function boundedVault(vault) {
	const { subscriptionId, resourceGroup } = vault;
	return {
		...vault,
		subscriptionId: main_name(subscriptionId),
		resourceGroup: main_name(resourceGroup),
		name: main_name(vault.name)
	};
}
function boundedError({ code, message: said, recommendations, cause }) {
	return {
		code: main_name(code),
		message: message(said),
		recommendations: recommendations.map(message),
		...cause === void 0 ? {} : { cause: {
			code: main_name(cause.code),
			message: message(cause.message)
		} }
	};
}
function main_name(text) {
	return (0,proxy.a)(text, longestName);
}
function message(text) {
	return (0,proxy.a)(text, longestMessage);
}
// build/base/format.js
const units = [
	["d", 86400],
	["h", 3600],
	["m", 60],
	["s", 1]
];
function forPeople(seconds) {
	return split(seconds).map(([letter, count]) => `${count}${letter}`).join(" ") || "0s";
}
function isoDuration(seconds) {
	const parts = split(seconds).map(([letter, count]) => `${count}${letter.toUpperCase()}`);
	const date = parts.filter((part) => part.endsWith("D")).join("");
	const time = parts.filter((part) => !part.endsWith("D")).join("");
	if (parts.length === 0) return "PT0S";
	return `P${date}${time === "" ? "" : `T${time}`}`;
}
function split(seconds) {
	let left = Math.round(seconds);
	return units.flatMap(([letter, length]) => {
		const count = Math.floor(left / length);
		left -= count * length;
		return count === 0 ? [] : [[letter, count]];
	});
}
function isoTime(milliseconds) {
	return milliseconds === void 0 ? "" : new Date(milliseconds).toISOString();
}
function utcTime(milliseconds) {
	return isoTime(milliseconds).slice(0, 19).replace("T", " ");
}
const sizes = [
	"B",
	"KB",
	"MB",
	"GB",
	"TB",
	"PB"
];
function amount(bytes) {
	let value = bytes;
	let unit = 0;
	while (value >= 1024 && unit < sizes.length - 1) {
		value /= 1024;
		unit += 1;
	}
	return `${Number(value.toFixed(1))} ${sizes[unit]}`;
}
// build/report/page/digest.js
const mostJobs$1 = 100;
const longest$3 = 1e4;
const opening = "<!-- wait-for-azure-backup digest ";
function figuresOf(outcomes, before) {
	return outcomes.slice(0, mostJobs$1).flatMap((outcome) => {
		const name = nameOf$1(outcome);
		if (name === "") return [];
		if (!didItsWork(outcome)) return before.filter((figures) => figures.name === name);
		return [{
			name,
			seconds: elapsedSeconds(outcome.job, outcome.seenAt),
			bytes: outcome.job.size?.bytes
		}];
	});
}
function didItsWork(outcome) {
	return outcome.ending === "ended" && ["success", "warning"].includes(conclude(outcome));
}
function nameOf$1({ job }) {
	return job.item === "" ? "" : [
		job.operation,
		job.item,
		job.vault?.name ?? ""
	].map((part) => (0,proxy.a)(part, 80)).join("/");
}
function hide(figures) {
	for (let count = figures.length;; count = Math.floor(count / 2)) {
		const safe = JSON.stringify({ jobs: figures.slice(0, count) }).replace(/[^\w .,:{}"[\]\\/]/g, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);
		if (safe.length <= longest$3) return `${opening}${safe} -->`;
	}
}
function reveal(body) {
	const start = body.lastIndexOf(opening);
	if (start < 0) return [];
	const end = body.indexOf(" -->", start);
	try {
		return list(fields(JSON.parse(body.slice(start + 34, end < 0 ? void 0 : end))).jobs).slice(0, mostJobs$1).map(fields).map((job) => ({
			name: main_text(job.name),
			seconds: number$1(job.seconds),
			bytes: number$1(job.bytes)
		}));
	} catch {
		return [];
	}
}
function changesSince(before) {
	return (outcome) => {
		const name = nameOf$1(outcome);
		const old = name === "" ? void 0 : before.find((figures) => figures.name === name);
		if (old === void 0 || !didItsWork(outcome)) return {
			duration: "",
			size: ""
		};
		const seconds = elapsedSeconds(outcome.job, outcome.seenAt);
		return {
			duration: change(old.seconds, seconds, forPeople, ["longer", "shorter"]),
			size: change(old.bytes, outcome.job.size?.bytes, amount, ["more", "less"])
		};
	};
}
function change(before, now, show, [up, down]) {
	if (before === void 0 || now === void 0) return "";
	const difference = Math.round(now - before);
	if (difference === 0) return " (as before)";
	return ` (${show(Math.abs(difference))} ${difference > 0 ? up : down})`;
}
// build/report/page/extent.js
const whole = {
	statistics: true,
	chart: true,
	phases: true,
	bags: true,
	successes: 6e3,
	rows: 6e3,
	cell: 200,
	message: 4e3,
	troubles: 50
};
const losses = [
	{ statistics: false },
	{ chart: false },
	{ phases: false },
	{ bags: false },
	{ successes: 1e3 },
	{ successes: 100 },
	{ successes: 0 },
	{ message: 1e3 },
	{
		message: 300,
		troubles: 30
	},
	{
		cell: 60,
		troubles: 10
	},
	{
		cell: 20,
		message: 200
	},
	{ troubles: 3 },
	{ rows: 2e3 },
	{ rows: 500 },
	{ rows: 100 },
	{
		rows: 20,
		troubles: 1
	},
	{
		rows: 0,
		troubles: 0
	}
];
function shortenToFit(start, render, measure, limit) {
	let extent = start;
	let page = render(extent, false);
	for (const loss of losses) {
		if (measure(page) <= limit) return page;
		const less = {
			...extent,
			...smaller(extent, loss)
		};
		if (isSame(extent, less)) continue;
		extent = less;
		page = render(extent, true);
	}
	return page;
}
function isSame(one, other) {
	return Object.entries(one).every(([key, value]) => other[key] === value);
}
function smaller(extent, loss) {
	return Object.fromEntries(Object.entries(loss).map(([key, value]) => {
		const had = extent[key];
		return [key, typeof value === "number" ? Math.min(value, Number(had)) : had && value];
	}));
}
// build/report/words/verdict-line.js
const icons = {
	success: "✅",
	warning: "⚠️",
	failure: "❌",
	cancelled: "🚫",
	"timed-out": "⏱️",
	pending: "⏳",
	error: "🛑"
};
function subject({ job }) {
	const name = job.operation || (job.id === "" ? "Operation" : "Job");
	if (job.item !== "") return `${name} of ${job.item}`;
	return job.id === "" ? name : `${name} ${job.id}`;
}
function verdictLine(outcome) {
	const { job, seenAt } = outcome;
	const ending = lastEnding(outcome);
	const seconds = elapsedSeconds(job, seenAt);
	const time = seconds === void 0 ? "" : forPeople(seconds);
	const after = time === "" ? "" : ` after ${time}`;
	const size = job.size === void 0 ? "" : ` (${job.size.text})`;
	const what = subject(outcome);
	if (ending === "snapshot") return `${what}: the snapshot is taken${after}, the transfer to the vault goes on`;
	if (ending === "not-fresh") return `${what}: no job is recent enough`;
	if (ending === "missing") return `${what} ended${after}, but its recovery point is not there`;
	if (unproved(outcome)) return `${wasDone(outcome, time)}${unverifiedWords(ending)}`;
	switch (conclude(outcome)) {
		case "success":
			if (job.status === "Succeeded") return `${what} succeeded and started no job`;
			return `${what} completed${time === "" ? "" : ` in ${time}`}${size}`;
		case "warning": return `${what} completed with warnings${after}${size}`;
		case "failure":
			if (job.status === "Succeeded") return `${what} succeeded, but it reports errors`;
			return job.id === "" ? `${what} failed: no job was started` : `${what} failed${after}`;
		case "cancelled": return `${what} was cancelled${after}`;
		case "timed-out": return `${what} did not end in time${stillIs(outcome)}`;
		case "pending": return ending === "stopped" ? `The wait for ${what} was stopped${stillIs(outcome)}` : `${what} is still running${after}`;
		case "error":
			if (isInputError(outcome)) return "Nothing was followed: an input is wrong";
			return `${what === "Operation" ? "What was given" : what} could not be followed`;
	}
}
function isInputError({ job, problem }) {
	return job.id === "" && job.item === "" && /^Input [a-z-]+: /.test(problem?.message ?? "");
}
function wasDone(outcome, time) {
	const { job } = outcome;
	const after = time === "" ? "" : ` after ${time}`;
	if (!hasEnded(job)) return `${subject(outcome)}: the snapshot is taken${after}`;
	const warned = job.status === "CompletedWithWarnings";
	return `${subject(outcome)} completed${warned ? ` with warnings${after}` : after.replace("after", "in")}`;
}
function unverifiedWords(ending) {
	switch (ending) {
		case "timed-out": return ", but its recovery point could not be verified in time";
		case "stopped": return ", but the look for its recovery point was stopped";
		case "looked": return "; its recovery point is not there yet";
		default: return ", but its recovery point could not be verified";
	}
}
const ends = {
	error: () => "could not be followed",
	failure: () => "failed",
	cancelled: (one) => one ? "was cancelled" : "were cancelled",
	"timed-out": () => "did not end in time",
	warning: () => "completed with warnings",
	pending: (one) => one ? "is still running" : "are still running",
	success: () => "completed"
};
function headline(outcomes) {
	const [first] = outcomes;
	if (first === void 0) return "Nothing was followed";
	if (outcomes.length === 1) return verdictLine(first);
	const counts = conclusions.flatMap((conclusion) => {
		const count = outcomes.filter((outcome) => conclude(outcome) === conclusion).length;
		return count === 0 ? [] : [{
			count,
			end: endOf$2(outcomes, conclusion)(count === 1)
		}];
	});
	const [only] = counts;
	if (only !== void 0 && counts.length === 1) return `All ${(0,proxy.i)(only.count, "job")} ${only.end}`;
	const parts = counts.map(({ count, end }) => `${(0,proxy.s)(count)} ${end}`);
	return `Of ${(0,proxy.i)(outcomes.length, "job")}, ${listed$1(parts)}`;
}
function listed$1(parts) {
	const last = parts.at(-1) ?? "";
	if (parts.length < 3) return parts.join(" and ");
	return `${parts.slice(0, -1).join(", ")}, and ${last}`;
}
function endOf$2(outcomes, conclusion) {
	const alike = outcomes.filter((outcome) => conclude(outcome) === conclusion);
	const unverified = alike.filter(cannotTell).length;
	if (unverified > 0 && unverified === alike.length) return () => "could not be verified";
	if (unverified > 0) return (one) => `${ends[conclusion](one)} or could not be verified`;
	return conclusion === "success" && alike.some(({ ending }) => ending === "snapshot") ? (one) => `${one ? "has its" : "have their"} snapshot` : ends[conclusion];
}
function cannotTell(outcome) {
	const state = unproved(outcome)?.state;
	return state !== void 0 && state !== "missing";
}
function stillIs({ job }) {
	return job.status === "" ? "; it could not be read" : `; its last known status is ${job.status}`;
}
function reason(outcome) {
	const error = mainError(outcome);
	if (error === void 0) return "";
	if (error.message === problemOf(outcome)?.message) return error.message;
	const cause = error.cause ? ` Root cause: ${[error.cause.code, error.cause.message].filter((part) => part !== "").join(": ")}` : "";
	return `${[error.code, error.message].filter((part) => part !== "").join(": ")}${cause}`;
}
// build/report/page/markdown.js
const markup = new RegExp([
	"[&<>`*~|\\\\[\\]]",
	"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])",
	"^[#>+=-]|(?<=^\\d{1,9})[.)](?=\\s|$)",
	":(?=//)|(?<=www)\\."
].join("|"), "gi");
const references = /@(?=\S)|#(?=\d)|\bGH-(?=\d)|:(?=(?:[a-z_+-][\w+-]*|100|1234|8ball):)/gi;
const dollar = /\$/g;
function asText(value) {
	return (0,proxy.l)(value).replace(references, "$&​").replace(markup, (found) => [...found].map((character) => `&#${character.codePointAt(0)};`).join("")).replaceAll("​", "&#8203;").replace(dollar, "<span>$</span>");
}
function asTextUpTo(value, most) {
	return value.length > most ? `${asText((0,proxy.o)(value, most))}…` : asText(value);
}
function asCode(value, most) {
	const shown = (0,proxy.l)((0,proxy.o)(value, most));
	return shown === "" || /[`|\\<]/.test(shown) ? asTextUpTo(value, most) : `\`${shown}\``;
}
function codeBlock(language, lines) {
	const code = lines.join("\n");
	const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = "`".repeat(longest + 1);
	return `${fence}${language}\n${code}\n${fence}`;
}
function table(header, rows) {
	const line = (cells) => `| ${cells.join(" | ")} |`;
	return [
		line(header),
		line(header.map(() => "---")),
		...rows.map(line)
	].join("\n");
}
function details(title, body, open = false) {
	return `<details${open ? " open" : ""}>\n<summary>${title}</summary>\n\n${body}\n\n</details>`;
}
function main_link(text, url) {
	return `[${text}](${url.replace(/[\s<>()\\|`"]/g, (found) => `%${found.charCodeAt(0).toString(16).padStart(2, "0")}`)})`;
}
// build/report/page/jobs-table.js
const unfolded = 20;
const none = () => ({
	duration: "",
	size: ""
});
function jobsTable(sorted, extent, notes = none) {
	const good = sorted.filter((outcome) => conclude(outcome) === "success");
	const bad = sorted.filter((outcome) => conclude(outcome) !== "success");
	const badRows = bad.slice(0, extent.rows);
	const goodRows = good.slice(0, extent.successes);
	const columns = columnsOf(sorted, extent.cell, notes);
	const render = (outcomes) => outcomes.length === 0 ? "" : table(columns.map(({ name }) => name), outcomes.map((outcome) => columns.map(({ cell }) => cell(outcome))));
	const left = [bad.length > badRows.length ? `${(0,proxy.i)(bad.length - badRows.length, "job")} that did not succeed` : "", good.length > goodRows.length ? `${(0,proxy.i)(good.length - goodRows.length, "job")} that succeeded` : ""].filter((part) => part !== "");
	return [...sorted.length <= unfolded ? [render([...badRows, ...goodRows])] : [render(badRows), folded(render(goodRows), goodRows.length, bad.length === 0)], left.length === 0 ? "" : `Not listed: ${left.join(" and ")}.`].filter((part) => part !== "").join("\n\n");
}
function folded(rows, count, open) {
	return rows === "" ? "" : details(`${icons.success} ${(0,proxy.i)(count, "job")} succeeded`, rows, open);
}
function columnsOf(outcomes, most, notes) {
	const text = (name, value) => ({
		name,
		cell: (outcome) => asTextUpTo(value(outcome), most) || "–"
	});
	const severalVaults = new Set(outcomes.map(({ job }) => job.vault?.name)).size > 1;
	const points = outcomes.some(({ recoveryPoint }) => recoveryPoint !== void 0);
	const duration = text("Duration", elapsedText);
	const size = text("Size", ({ job }) => job.size?.text ?? "");
	return [
		text("Item", ({ job }) => job.item),
		text("Operation", ({ job }) => job.operation),
		...severalVaults ? [text("Vault", ({ job }) => job.vault?.name ?? "")] : [],
		{
			name: "Status",
			cell: (outcome) => `${icons[conclude(outcome)]}&nbsp;${asTextUpTo(statusText(outcome), most + 40)}`
		},
		{
			...duration,
			cell: (outcome) => duration.cell(outcome) + notes(outcome).duration
		},
		{
			...size,
			cell: (outcome) => size.cell(outcome) + notes(outcome).size
		},
		text("Started (UTC)", ({ job }) => utcTime(job.startTime)),
		text("Ended (UTC)", ({ job }) => utcTime(job.endTime)),
		...points ? [text("Recovery point (UTC)", pointText)] : [],
		{
			name: "Job",
			cell: ({ job }) => asTextUpTo(job.id, 64) || "–"
		}
	];
}
function elapsedText({ job, seenAt }) {
	const seconds = elapsedSeconds(job, seenAt);
	return seconds === void 0 ? "" : forPeople(seconds);
}
function pointText({ recoveryPoint }) {
	return recoveryPoint === void 0 ? "" : `${utcTime(recoveryPoint.time)} ${recoveryPoint.type}`;
}
function statusText(outcome) {
	const { job } = outcome;
	const missing = unproved(outcome);
	if (missing !== void 0) return `${job.status}, ${missing.state === "missing" ? "no recovery point" : "not verified"}`;
	switch (outcome.ending) {
		case "snapshot": return `${job.status}, snapshot taken`;
		case "timed-out": return job.status === "" ? "Not read in time" : `${job.status}, not ended in time`;
		case "stopped": return job.status === "" ? "Wait stopped" : `${job.status}, wait stopped`;
		case "not-fresh": return job.status === "" ? "No job" : `${job.status}, too old`;
		case "error": return job.status === "" ? "Not followed" : `${job.status} at last, not followed`;
		default: return job.status || "Unknown";
	}
}
// build/report/page/links.js
const most$3 = 10;
const longest$2 = 1e3;
function linksLine(sorted, { portal, runUrl }) {
	const vaults = new Map();
	for (const outcome of sorted) {
		const url = portal === "" ? "" : portalUrl(outcome, portal);
		if (url !== "" && url.length <= longest$2 && vaults.size < most$3) vaults.set(url, outcome.job.vault?.name ?? "");
	}
	return [...[...vaults].map(([url, name]) => main_link(`Vault ${asTextUpTo(name, 100)} in the Azure portal`, url)), ...runUrl === "" ? [] : [main_link("Workflow run", runUrl)]].join(" · ");
}
function portalUrl({ job }, portal) {
	return job.vault === void 0 ? "" : `${portal}/#resource${vaultPath(job.vault)}`;
}
function runUrlOf(env) {
	const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT } = env;
	if (!GITHUB_SERVER_URL || !GITHUB_REPOSITORY || !GITHUB_RUN_ID) return "";
	return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}${Number(GITHUB_RUN_ATTEMPT) > 1 ? `/attempts/${GITHUB_RUN_ATTEMPT}` : ""}`;
}
// build/report/words/next-steps.js
function nextStep(outcome, listed = false) {
	const { job } = outcome;
	const ending = lastEnding(outcome);
	if (ending === "not-fresh") return "Start a backup, and find out why none has run: the policy of the item and the backup jobs of the vault tell.";
	if (ending === "missing") return "Look at the item's recovery points in the portal, and start another backup if it is really missing.";
	if (unproved(outcome)) return verifyAgain(outcome, listed);
	switch (conclude(outcome)) {
		case "failure": return job.id === "" ? "There is no job to look at. Fix the cause, then send the request again." : "Fix the cause, then start the job again. In the portal it is among the vault's backup jobs.";
		case "cancelled": return "It was cancelled in Azure; the vault's activity log tells by whom. Start it again if that was not meant.";
		case "warning": return "It did its work, but not all of it went well: read the warning before you rely on the result. With fail-on: warning the step fails for it.";
		case "timed-out": return `${lookAgain(outcome, listed)} The input timeout-minutes gives it longer.`;
		case "pending": return ending === "stopped" || ending === "looked" ? lookAgain(outcome, listed) : "";
		case "success": return job.errors.length > 0 ? "It completed and still reports an error: read it before you rely on the result." : "";
		case "error": return job.id === "" ? "" : "What becomes of the job in Azure is not known; it may well go on.";
	}
}
function verifyAgain(outcome, listed) {
	const { job } = outcome;
	const ending = lastEnding(outcome);
	return `${hasEnded(job) ? "The backup itself is complete." : "The snapshot is taken, and the job goes on."} ${ending === "error" ? "Fix what the message says; then, to verify it" : "To verify it"}, run this action with ${listed ? "the inputs below" : `${inputsInWords(outcome)} and verify-recovery-point: true`}.`;
}
function lookAgain(outcome, listed) {
	if (outcome.job.id === "") return "To look again, run this action with the same operation-url.";
	return `The job goes on in Azure. To look again, run this action with ${listed ? "the inputs below" : inputsInWords(outcome)}.`;
}
function inputsInWords({ job: { id, vault } }) {
	return `job-id ${id}${vault ? `, vault-name ${vault.name} and resource-group ${vault.resourceGroup}` : ""}`;
}
function inputsToLookAgain(outcome) {
	const { id, vault } = outcome.job;
	if (id === "") return [];
	return [
		["job-id", id],
		...vault === void 0 ? [] : [
			["vault-name", vault.name],
			...vault.kind === "backup" ? [["vault-type", "backup"]] : [],
			["resource-group", vault.resourceGroup],
			["subscription-id", vault.subscriptionId]
		],
		...unproved(outcome) ? [["verify-recovery-point", "true"]] : []
	].map(([name, value]) => `${name}: ${scalar(value)}`);
}
function scalar(value) {
	return /^[A-Za-z][\w.-]*$/.test(value) || guid.test(value) ? value : JSON.stringify(value);
}
// build/report/page/problems.js
const mostOpen = 10;
const mostErrors = 5;
const mostRecommendations = 10;
const mostItems = 50;
function troubleParts(sorted, extent) {
	const groups = [...Map.groupBy(sorted.filter(hasTrouble), causeOf$1).values()];
	const shown = groups.slice(0, extent.troubles);
	const single = sorted.length === 1;
	const parts = shown.map((group, index) => {
		const body = troubleBody(group, extent.message);
		return details(single ? "What happened, and what to do" : titleOf$1(group), body, index < mostOpen);
	});
	const left = groups.length - shown.length;
	return left > 0 && shown.length > 0 ? [...parts, `And ${(0,proxy.i)(left, "other cause")}; the output \`jobs\` tells of more.`] : parts;
}
function hasTrouble(outcome) {
	return conclude(outcome) !== "success" || outcome.job.errors.length > 0;
}
function causeOf$1(outcome) {
	const { job } = outcome;
	const ending = lastEnding(outcome);
	const problem = problemOf(outcome);
	const own = unproved(outcome) === void 0 && (ending === "ended" || ending === "error") ? "" : job.id;
	return JSON.stringify([
		conclude(outcome),
		ending,
		job.errors,
		problem,
		own
	]);
}
function troubleBody(group, message) {
	const [outcome] = group;
	if (outcome === void 0) return "";
	const { job } = outcome;
	const problem = problemOf(outcome);
	const again = mayGoOn(outcome) && group.length === 1 ? inputsToLookAgain(outcome) : [];
	return [[
		...group.length > 1 ? [`- **Jobs**: ${namesOf(group)}`] : [],
		...job.errors.slice(0, mostErrors).flatMap((error) => errorLines(error, message)),
		...job.errors.length > mostErrors ? [`- And ${(0,proxy.i)(job.errors.length - mostErrors, "other error")}`] : [],
		...problem === void 0 ? [] : errorLines({
			...problem,
			recommendations: []
		}, message),
		...entry("What to do next", asText(nextStep(outcome, again.length > 0))),
		...group.length > 1 ? [] : entry("Activity ID, for Microsoft's support", asCode(job.activityId, 300))
	].join("\n"), again.length === 0 ? "" : codeBlock("yaml", again)].filter((part) => part !== "").join("\n\n");
}
function titleOf$1(group) {
	const [outcome] = group;
	if (outcome === void 0) return "";
	const icon = icons[conclude(outcome)];
	if (group.length === 1) return `${icon} ${asTextUpTo(verdictLine(outcome), 300)}`;
	const code = outcome.job.errors[0]?.code || problemOf(outcome)?.code || conclude(outcome);
	return `${icon} ${(0,proxy.i)(group.length, "job")}: ${asTextUpTo(code, 200)}`;
}
function namesOf(group) {
	const names = group.slice(0, mostItems).map((outcome) => asTextUpTo(subject(outcome), 100));
	const left = group.length - names.length;
	return names.join(", ") + (left > 0 ? ` and ${(0,proxy.i)(left, "more", "more")}` : "");
}
function errorLines(error, most) {
	const { code, message, recommendations, cause } = error;
	return [
		...entry("Error code", asCode(code, 200)),
		...entry("Message", asTextUpTo(message, most)),
		...cause === void 0 ? [] : entry("Root cause", causeText(cause, most)),
		...recommendations.slice(0, mostRecommendations).flatMap((recommendation) => entry("Recommended", asTextUpTo(recommendation, most)))
	];
}
function causeText({ code, message }, most) {
	return [asCode(code, 200), asTextUpTo(message, most)].filter((part) => part !== "").join(": ");
}
function entry(name, value) {
	return value === "" ? [] : [`- **${name}**: ${value}`];
}
function mayGoOn(outcome) {
	return [
		"timed-out",
		"stopped",
		"looked",
		"error"
	].includes(lastEnding(outcome));
}
// build/report/page/remembered.js
function remembered(make, depends) {
	const made = new Map();
	return (extent) => {
		const key = depends.map((name) => String(extent[name])).join(" ");
		const known = made.get(key);
		if (known !== void 0) return known;
		const part = make(extent);
		made.set(key, part);
		return part;
	};
}
// build/report/words/phase-word.js
const words = new Map([
	["Completed", "done"],
	["CompletedWithWarnings", "done with warnings"],
	["InProgress", "running"],
	["NotStarted", "not started"],
	["Failed", "failed"],
	["Skipped", "skipped"]
]);
function phaseWord(status) {
	return words.get(status) ?? (0,proxy.a)(status, 40);
}
// build/report/page/phases.js
const mostJobs = 20;
const mostPhases = 30;
const longestChart = 5e4;
const longestLabel = 60;
const longestSection = 24;
function phasesPart(outcomes, extent) {
	const all = outcomes.filter(({ observed }) => observed.length > 0);
	const shown = all.slice(0, mostJobs);
	if (shown.length === 0 || !extent.phases) return "";
	const chart = extent.chart ? gantt(shown) : "";
	return details("Phases as observed (UTC)", [
		"When the reads saw them begin and end, to within the pause between two reads.",
		chart.length > longestChart ? "" : chart,
		phasesTable(shown),
		all.length > shown.length ? `The first ${shown.length} of ${all.length} jobs.` : ""
	].filter((part) => part !== "").join("\n\n"));
}
function gantt(outcomes) {
	const ends = outcomes.flatMap((outcome) => outcome.observed.map((phase) => endOf$1(phase, outcome)));
	const [from, to] = [known(outcomes.flatMap(({ observed }) => observed.map(({ startedAt }) => startedAt))).reduce(least$1, Infinity), known(ends).reduce(most$2, -Infinity)];
	if (from === Infinity) return "";
	let count = 0;
	const lines = outcomes.flatMap((outcome) => {
		const tasks = outcome.observed.slice(0, mostPhases).flatMap((phase) => {
			if (phase.startedAt === void 0) return [];
			count += 1;
			return `    ${task(phase, phase.startedAt, endOf$1(phase, outcome), `t${count}`)}`;
		});
		const name = outcomes.length === 1 ? [] : [`    section ${label((0,proxy.a)(nameOf(outcome), longestSection))}`];
		return tasks.length === 0 ? [] : [...name, ...tasks];
	});
	const axis = to - from >= 864e5 ? "%m-%d %H:%M" : to - from >= 3e5 ? "%H:%M" : "%H:%M:%S";
	return codeBlock("mermaid", [
		...outcomes.length === 1 ? [] : ["%%{init: {\"gantt\": {\"leftPadding\": 160}}}%%"],
		"gantt",
		"    dateFormat YYYY-MM-DD HH:mm:ss",
		`    axisFormat ${axis}`,
		...lines
	]);
}
const tags = new Map([
	["Completed", "done, "],
	["InProgress", "active, "],
	["Failed", "crit, "],
	["CompletedWithWarnings", "crit, done, "]
]);
function task(phase, start, end, id) {
	const tag = tags.get(phase.status) ?? "";
	return `${label(`${(0,proxy.a)(phase.name, longestLabel)} ${phaseWord(phase.status)} ${forPeople((end - start) / 1e3)}`)} :${tag}${id}, ${utcTime(start)}, ${utcTime(end)}`;
}
function endOf$1(phase, { seenAt }) {
	return Math.max(phase.endedAt ?? seenAt, (phase.startedAt ?? 0) + 1e3);
}
function label(text) {
	const plain = (0,proxy.l)(text).replace(/[^\p{L}\p{M}\p{N} ._()/+-]+/gu, " ").replace(/ +/g, " ");
	return `· ${(0,proxy.a)(plain.trim(), 90)}`;
}
function phasesTable(outcomes) {
	const rows = outcomes.flatMap((outcome) => outcome.observed.slice(0, mostPhases).map((phase) => [nameOf(outcome), ...row(phase, outcome)]));
	const header = [
		"Item",
		"Phase",
		"Status",
		"Seen from (UTC)",
		"Until (UTC)",
		"Duration",
		"Details"
	];
	const dropped = [...outcomes.length === 1 ? [0] : [], ...rows.every((row) => row.at(-1) === "") ? [6] : []];
	const columns = (cells) => cells.filter((_, index) => !dropped.includes(index));
	return table(columns(header), rows.map((row) => columns(row).map(cell)));
}
function row({ name, status, startedAt, endedAt }, { job }) {
	const seconds = startedAt === void 0 || endedAt === void 0 ? void 0 : Math.max(0, endedAt - startedAt) / 1e3;
	return [
		name,
		phaseWord(status),
		utcTime(startedAt),
		utcTime(endedAt),
		seconds === void 0 ? "" : forPeople(seconds),
		job.phases.find((phase) => phase.name === name)?.details ?? ""
	];
}
function nameOf({ job }) {
	return job.item || job.id;
}
function cell(text) {
	return asTextUpTo(text, 100) || "–";
}
const least$1 = (one, other) => Math.min(one, other);
const most$2 = (one, other) => Math.max(one, other);
function known(times) {
	return times.filter((time) => time !== void 0);
}
// build/report/page/properties.js
const mostBags = 10;
const mostEntries = 100;
function bagParts(sorted) {
	return sorted.filter(({ job }) => Object.keys(job.properties).length > 0).slice(0, mostBags).map((outcome) => {
		return details(`Properties of ${sorted.length === 1 ? "the job" : asTextUpTo(subject(outcome), 200)}`, bagTable(outcome.job.properties));
	});
}
function bagTable(properties) {
	return table(["Property", "Value"], Object.entries(properties).slice(0, mostEntries).map(([key, value]) => [asTextUpTo(key, 200) || "–", asTextUpTo(textOf$2(value), 1e3) || "–"]));
}
function textOf$2(value) {
	return typeof value === "string" ? value : JSON.stringify(value) ?? "";
}
// build/report/page/summary.js
const mostBytes$1 = 1040384;
function summaryOf(outcomes, context, limit = mostBytes$1) {
	const sorted = worstFirst(outcomes).map(bounded);
	if (sorted.length === 0) return "";
	const top = page([headingOf(sorted), stepLine(sorted, context.failOn)]);
	const jobs = remembered((extent) => jobsTable(sorted, extent), [
		"rows",
		"successes",
		"cell"
	]);
	const troubles = remembered((extent) => page(troubleParts(sorted, extent)), ["troubles", "message"]);
	const links = linksLine(sorted, context);
	const render = (extent, shortened) => page([
		top,
		jobs(extent),
		troubles(extent),
		shortened ? "Not all of it fits into a job summary; the output `jobs` and the log have more." : "",
		phasesPart(sorted, extent),
		...extent.bags ? bagParts(sorted) : [],
		extent.statistics ? statisticsPart(context.statistics) : "",
		links
	]);
	return shortenToFit(whole, render, (text) => Buffer.byteLength(text), limit);
}
function headingOf(sorted) {
	const [worst] = sorted;
	return `### ${worst === void 0 ? "" : icons[conclude(worst)]} ${asTextUpTo(headline(sorted), 400)}`;
}
function stepLine(sorted, failOn) {
	const failed = sorted.some((outcome) => fails(outcome, failOn));
	const conclusions = new Set(sorted.map(conclude));
	const bad = [
		"failure",
		"cancelled",
		"timed-out"
	].some((word) => conclusions.has(word));
	if (!failed && bad) return `The step passes all the same: \`fail-on\` is \`${failOn}\`.`;
	if (failed && failOn === "warning" && !bad && conclusions.has("warning") && !conclusions.has("error")) return "The step fails for it: `fail-on` is `warning`.";
	return "";
}
function statisticsPart(statistics) {
	if (statistics === void 0) return "";
	const { requests, faults, throttled } = statistics;
	return details("Requests to Azure", table([
		"Requests",
		"Failed and tried again",
		"Of these, throttled"
	], [[
		requests,
		faults,
		throttled
	].map(String)]));
}
function page(parts) {
	const filled = parts.map((part) => part.trimEnd()).filter((part) => part !== "");
	return filled.length === 0 ? "" : `${filled.join("\n\n")}\n`;
}
// build/report/page/comment.js
const commentModes = [
	"never",
	"on-failure",
	"always"
];
const mostCharacters = 65e3;
const main_short = {
	...whole,
	statistics: false,
	chart: false,
	phases: false,
	bags: false,
	successes: 100,
	message: 2e3,
	troubles: 20
};
function commentOf(outcomes, context, limit = mostCharacters) {
	const sorted = worstFirst(outcomes).map(bounded);
	const notes = changesSince(context.before);
	const changed = sorted.some((outcome) => notes(outcome).duration !== "" || notes(outcome).size !== "");
	const memory = hide(figuresOf(sorted, context.before));
	const top = page([
		context.marker,
		headingOf(sorted),
		stepLine(sorted, context.failOn)
	]);
	const jobs = remembered((extent) => jobsTable(sorted, extent, notes), [
		"rows",
		"successes",
		"cell"
	]);
	const troubles = remembered((extent) => page(troubleParts(sorted, extent)), ["troubles", "message"]);
	const links = [asTextUpTo(context.origin, 200), linksLine(sorted, context)].filter((part) => part !== "").join(" · ");
	const render = (extent, shortened) => page([
		top,
		jobs(extent),
		changed ? "Compared with the last time that it completed." : "",
		troubles(extent),
		shortened ? "Not all of it fits into a comment; the summary of the workflow run has more." : "",
		links,
		memory
	]);
	return shortenToFit(main_short, render, (text) => text.length, limit);
}
function commentWish(mode, outcomes, failOn) {
	if (mode === "never" || outcomes.length === 0) return "none";
	if (mode === "always") return "write";
	return outcomes.some((outcome) => fails(outcome, failOn) || [
		"error",
		"failure",
		"cancelled",
		"timed-out"
	].includes(conclude(outcome))) ? "write" : "update";
}
// build/github/client.js
const pauses = [1e3, 3e3];
async function createClient({ token, apiUrl, signal, clock, log }) {
	const { getOctokit } = await Promise.all(/* import() */[__nccwpck_require__.e(16), __nccwpck_require__.e(918)]).then(__nccwpck_require__.bind(__nccwpck_require__, 918));
	const debug = (message) => log.debug((0,proxy.c)(String(message)));
	const octokit = getOctokit(token, {
		userAgent,
		...apiUrl ? { baseUrl: apiUrl } : {},
		log: {
			debug: () => {},
			info: () => {},
			warn: debug,
			error: debug
		}
	});
	const origin = originOf(octokit.request.endpoint.DEFAULTS.baseUrl);
	octokit.hook.wrap("request", async (request, options) => {
		options.request = Object.assign(options.request ?? {}, {
			signal,
			redirect: "manual"
		});
		if (originOf(octokit.request.endpoint(options).url) !== origin) throw new Error("GitHub named a next page at another host, which gets no token");
		const again = options.method !== "POST" || options.url.endsWith("/graphql");
		for (let attempt = 0;; attempt += 1) try {
			const answer = await request(options);
			if (answer.status >= 300) throw new RedirectError(answer.status);
			return answer;
		} catch (error) {
			const pause = pauses[attempt];
			if (!again || pause === void 0 || signal.aborted || !mayPass$1(error)) throw error;
			log.fault(`GitHub: ${statusOf$1(error) ?? "no answer"}; trying again in ${pause / 1e3} s`);
			await clock.sleep(pause, signal);
		}
	});
	return octokit;
}
var RedirectError = class extends Error {
	status;
	constructor(status) {
		super("a redirect, which is not followed");
		this.status = status;
	}
};
function originOf(url) {
	return URL.canParse(url) ? new URL(url).origin : "";
}
function statusOf$1(error) {
	return number$1(fields(error).status);
}
function mayPass$1(error) {
	return (statusOf$1(error) ?? 500) >= 500;
}
// build/runner/environment.js
function readEvent({ GITHUB_EVENT_PATH: path = "" }) {
	try {
		return JSON.parse((0,external_node_fs_.readFileSync)(path, "utf8"));
	} catch {
		return;
	}
}
// build/github/event.js
function readRunContext(env) {
	const [owner = "", repo = ""] = (env.GITHUB_REPOSITORY ?? "").split("/");
	if (owner === "" || repo === "") throw new Error("the variable GITHUB_REPOSITORY names no repository");
	return {
		eventName: env.GITHUB_EVENT_NAME ?? "",
		payload: fields(readEvent(env)),
		ref: env.GITHUB_REF ?? "",
		repo: {
			owner,
			repo
		}
	};
}
// build/github/identity.js
function identityOf(env, key) {
	const { GITHUB_WORKFLOW = "", GITHUB_WORKFLOW_REF = "", GITHUB_JOB = "", GITHUB_ACTION = "" } = env;
	const file = GITHUB_WORKFLOW_REF.replace(/@[^@]*$/, "");
	const leg = legOf(key);
	const parts = [
		file || GITHUB_WORKFLOW,
		GITHUB_JOB,
		GITHUB_ACTION,
		leg === "" ? "" : key.trim()
	];
	const hash = (0,external_node_crypto_.createHash)("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 20);
	const origin = [GITHUB_WORKFLOW, GITHUB_JOB].filter((part) => part !== "").join(" / ");
	return {
		marker: `<!-- wait-for-azure-backup ${hash} -->`,
		origin: leg === "" ? origin : `${origin} (${leg})`
	};
}
function legOf(key) {
	const given = key.trim();
	if (given === "null" || given === "{}") return "";
	try {
		const values = Object.values(fields(JSON.parse(given)));
		if (values.length === 0) return given;
		return values.map((value) => typeof value === "string" ? value : JSON.stringify(value)).join(", ");
	} catch {
		return given;
	}
}
// build/github/pull-requests.js
const most$1 = 10;
function pullRequestsByEvent(run) {
	const { eventName, payload, ref, repo } = run;
	const own = number$1(fields(payload.pull_request).number);
	if (own !== void 0) return { numbers: [own] };
	if (eventName === "workflow_run") return byWorkflowRun(payload);
	const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1];
	if (eventName !== "push" || branch === void 0 || payload.deleted === true) return { numbers: [] };
	return { head: {
		owner: repo.owner,
		repository: `${repo.owner}/${repo.repo}`.toLowerCase(),
		branch
	} };
}
function byWorkflowRun(payload) {
	const run = fields(payload.workflow_run);
	const here = fields(payload.repository).id;
	const numbers = list(run.pull_requests).map(fields).filter((pull) => here === void 0 || fields(fields(pull.base).repo).id === here).flatMap((pull) => number$1(pull.number) ?? []);
	if (numbers.length > 0) return { numbers: numbers.slice(0, most$1) };
	const repository = fields(run.head_repository);
	const owner = main_text(fields(repository.owner).login);
	const branch = main_text(run.head_branch);
	if (owner === "" || branch === "") return { numbers: [] };
	return { head: {
		owner,
		repository: main_text(repository.full_name).toLowerCase(),
		branch
	} };
}
async function findPullRequests(octokit, run) {
	const told = pullRequestsByEvent(run);
	if ("numbers" in told) return told.numbers;
	const { owner, repository, branch } = told.head;
	const { data } = await octokit.rest.pulls.list({
		...run.repo,
		state: "open",
		head: `${owner}:${branch}`,
		per_page: 100
	});
	return data.filter(({ head }) => head.ref === branch && head.repo?.full_name.toLowerCase() === repository).map((pull) => pull.number).slice(0, most$1);
}
// build/github/sticky-comment.js
const actionsBot = "github-actions[bot]";
async function loginOf(octokit) {
	try {
		const login = main_text(fields(fields(await octokit.graphql("query { viewer { login } }")).viewer).login);
		if (login === "") throw new Error("GitHub answered without data who the token belongs to");
		return login;
	} catch (error) {
		if (!(error instanceof Error && error.name === "GraphqlResponseError") && ![403, 404].includes(statusOf$1(error) ?? 0)) throw error;
		return actionsBot;
	}
}
async function findComment(octokit, repository, pullRequest, marker, login) {
	const pages = octokit.paginate.iterator(octokit.rest.issues.listComments, {
		...repository,
		issue_number: pullRequest,
		per_page: 100
	});
	for await (const { data } of pages) {
		const own = data.find(({ user, body }) => user?.login === login && body?.startsWith(marker));
		if (own !== void 0) return {
			id: own.id,
			body: own.body ?? ""
		};
	}
}
async function writeComment(octokit, repository, pullRequest, known, body) {
	if (known !== void 0) try {
		await octokit.rest.issues.updateComment({
			...repository,
			comment_id: known.id,
			body
		});
		return;
	} catch (error) {
		if (statusOf$1(error) !== 404) throw error;
	}
	await octokit.rest.issues.createComment({
		...repository,
		issue_number: pullRequest,
		body
	});
}
// build/github/comment-in-pr.js
const usualLimit = 3e4;
async function commentInPullRequest(outcomes, options) {
	const { mode, token, failOn, env, log, clock = systemClock, limit = usualLimit } = options;
	const wish = commentWish(mode, outcomes, failOn);
	if (wish === "none") return;
	if (token === "") {
		warn(log, "the input github-token is empty");
		return;
	}
	const signal = AbortSignal.timeout(limit);
	try {
		await comment$1(await createClient({
			token,
			apiUrl: env.GITHUB_API_URL,
			signal,
			clock,
			log
		}), readRunContext(env), outcomes, wish === "update", options);
	} catch (error) {
		warn(log, signal.aborted ? `GitHub took longer than ${limit / 1e3} s` : explain$1(error));
	}
}
async function comment$1(octokit, run, outcomes, updateOnly, { key, failOn, portal, env, log }) {
	const numbers = await findPullRequests(octokit, run);
	if (numbers.length === 0) {
		log.info("No comment: this run belongs to no open pull request.");
		return;
	}
	const { marker, origin } = identityOf(env, key);
	const login = await loginOf(octokit);
	for (const number of numbers) {
		const known = await findComment(octokit, run.repo, number, marker, login);
		if (known === void 0 && updateOnly) continue;
		const body = commentOf(outcomes, {
			portal,
			failOn,
			marker,
			origin,
			before: known === void 0 ? [] : reveal(known.body),
			runUrl: runUrlOf(env)
		});
		await writeComment(octokit, run.repo, number, known, body);
		log.info(`${known === void 0 ? "Commented" : "Updated the comment"} in pull request ${number}.`);
	}
}
function warn(log, why) {
	log.warning(`The comment in the pull request could not be written: ${why}.`, "No pull request comment");
}
function explain$1(error) {
	const said = (0,proxy.c)((0,proxy.a)((0,proxy.g)(error), 500)).replace(/[.\s]+$/, "");
	const status = statusOf$1(error);
	if (status === void 0) return said;
	const answer = `GitHub answered ${status} (${said})`;
	if (status === 401) return `${answer}; the input github-token is not valid, or no longer`;
	if (status === 429 || status === 403 && /rate limit/i.test(said)) return answer;
	if (status === 403 || status === 404) return `${answer}; the token needs the permission pull-requests: write. A run for a pull request from a fork gets a token that may only read, whatever the workflow asks for: there, comment from a workflow on workflow_run`;
	return answer;
}
// build/inputs/forms.js
function lines(value) {
	return value.split(/\r\n|\n/).map((line) => line.trim()).filter((line) => line !== "");
}
function oneOf(get, name, words) {
	const value = get(name);
	const word = words.find((candidate) => candidate === value);
	if (word === void 0) throw new proxy.d(name, `is "${shown$1(value)}"; accepted are ${words.join(", ")}.`);
	return word;
}
function main_boolean(get, name) {
	return oneOf((input) => get(input).toLowerCase(), name, ["true", "false"]) === "true";
}
function number(get, name, accepted, holds) {
	const given = get(name);
	const value = /^\d+(\.\d+)?$/.test(given) ? Number(given) : NaN;
	if (!Number.isFinite(value) || !holds(value)) throw new proxy.d(name, `is "${shown$1(given)}"; accepted is ${accepted}.`);
	return value;
}
function matching(get, name, form, accepted) {
	const value = get(name);
	if (value !== "" && !form.test(value)) throw new proxy.d(name, `is "${shown$1(value)}"; accepted is ${accepted}.`);
	return value;
}
function shown$1(value) {
	const single = value.replace(/\p{Cc}+/gu, " ").replace(/\/\/[^/@]*@/, "//***@");
	return single.length > 200 ? `${single.slice(0, 200)}…` : single;
}
// build/azure/target.js
const longestUrl = 8192;
const severalOnALine = "holds more than one URL or ID; give one a line.";
function holdsMore(line) {
	const start = line.search(/[?#]/);
	const tail = start < 0 ? "" : line.slice(start);
	const path = start < 0 ? line : line.slice(0, start);
	if (/[,;#]|%2C|%3B|\/subscriptions\/|:\/\//i.test(tail)) return true;
	const schemes = path.match(/:\/\//g)?.length ?? 0;
	const subscriptions = path.replace(/^(.*?)\/subscriptions\/(?=\/subscriptions\/)/i, "$1").match(/\/subscriptions\//gi);
	return schemes > 1 || (subscriptions?.length ?? 0) > 1;
}
function parseOperationUrl(line, inputs, cloud) {
	const fail = (problem) => new proxy.d("operation-url", problem);
	if (line.length > longestUrl) throw fail(`has ${line.length} characters; Azure gives no URL over ${longestUrl}.`);
	if (/[\s\\\p{Cc}]/u.test(line)) throw fail(`"${shown(line)}" has a blank, a backslash or a control character in it; give one URL a line, as the header has it.`);
	if (holdsMore(line)) throw fail(`"${shown(line)}" ${severalOnALine}`);
	const url = URL.canParse(line) ? new URL(line) : void 0;
	if (url === void 0) {
		const hint = line.startsWith("/subscriptions/") ? " An ARM ID of a job goes into job-id." : "";
		throw fail(`"${shown(line)}" is not a URL; accepted is the value of an Azure-AsyncOperation or Location header.${hint}`);
	}
	const distrusted = distrust(url, cloud);
	if (distrusted !== void 0) throw fail(`"${shown(line)}" is not sent a token: ${distrusted}. Accepted is a URL of Azure Backup at ${cloud.resourceManager}${cloud.exact ? "" : " or one of its regions"}; for another cloud set environment or resource-manager-url.`);
	const path = parsePath(url.pathname);
	if (path === void 0) throw fail(`"${shown(line)}" names no subscription; accepted is the value of an Azure-AsyncOperation or Location header.`);
	return targetOfPath(path, url, inputs, fail);
}
function targetOfPath(path, url, inputs, fail) {
	const { rest } = path;
	const job = rest[0] !== void 0 && sameWord(rest[0], "backupJobs") ? rest[1] : void 0;
	if (job !== void 0 && !isOperationWord(job)) return {
		kind: "job",
		reference: referenceOf(job, path, inputs, fail)
	};
	const reason = jobless$1(rest);
	if (reason !== void 0) throw fail(`"${shown(url.href)}" can lead to no job: it is the URL of ${reason}.`);
	const word = rest.at(-2) ?? "";
	const id = rest.at(-1);
	if (id === void 0 || !isOperationWord(word)) throw fail(`"${shown(url.href)}" is neither an operation's URL nor a job's; accepted is the value of the Azure-AsyncOperation or Location header of the request that started the operation.`);
	const vault = path.vault ?? vaultOf(path.kind, path.subscriptionId, inputs);
	if (path.kind === "recovery-services" && vault === void 0) throw fail(`"${shown(url.href)}" is a cross-region operation's and does not name the vault, which reading its job takes; set resource-group and vault-name too.`);
	return {
		kind: "operation",
		url,
		isResult: /results?$/i.test(word),
		id,
		path,
		vault
	};
}
function isOperationWord(word) {
	return /^(backup|backupCrr|backupValidate)?operations?(status|statuses|results?)?$/i.test(word);
}
function jobless$1(rest) {
	const [first = ""] = rest;
	if (sameWord(first, "backupJobs")) return rest.length === 1 ? "the job list" : "an export of the job list";
	if (sameWord(first, "backupTieringCost")) return "a cost estimate";
	if (sameWord(first, "backupstorageconfig")) return "a change of the storage settings";
	return sameWord(first, "privateEndpointConnections") ? "a private endpoint connection" : void 0;
}
function parseJobId(line, inputs) {
	const fail = (problem) => new proxy.d("job-id", problem);
	if (line.length > longestUrl) throw fail(`has ${line.length} characters; no job's ID is that long.`);
	if (line.startsWith("/")) {
		if (holdsMore(line)) throw fail(`"${shown(line)}" ${severalOnALine}`);
		const path = parsePath(line.split("?")[0] ?? "");
		const [word = "", id] = path?.rest ?? [];
		if (path === void 0 || !sameWord(word, "backupJobs") || id === void 0 || path.rest.length !== 2) throw fail(`"${shown(line)}" is not the ARM ID of a job; accepted is /subscriptions/…/resourceGroups/…/providers/Microsoft.RecoveryServices/vaults/…/backupJobs/…`);
		return {
			kind: "job",
			reference: referenceOf(id, path, inputs, fail)
		};
	}
	if (!isJobName(line)) {
		const hint = /^https?:/i.test(line) ? " A URL goes into operation-url." : "";
		throw fail(`"${shown(line)}" is not a job's ID; accepted is its name (a GUID) or its full ARM ID.${hint}`);
	}
	return {
		kind: "job",
		reference: referenceOf(line, void 0, inputs, fail)
	};
}
function isJobName(name) {
	return /^[A-Za-z0-9-]{1,64}$/.test(name) && /\d/.test(name);
}
function referenceOf(id, path, inputs, fail) {
	if (!isJobName(id)) throw fail(`"${shown(id)}" is not a job's name; accepted are letters, digits and hyphens, 64 at most.`);
	const vault = path?.vault ?? vaultOf(path?.kind ?? inputs.kind, path?.subscriptionId ?? inputs.subscriptionId, inputs);
	if (vault === void 0) {
		const missing = [
			...(path?.subscriptionId ?? inputs.subscriptionId) === "" ? ["subscription-id"] : [],
			...inputs.resourceGroup === "" ? ["resource-group"] : [],
			...inputs.vaultName === "" ? ["vault-name"] : []
		];
		throw fail(`"${shown(id)}" does not say which vault it is in; set ${missing.join(", ")} too, or give the full ARM ID.`);
	}
	const region = path?.location ?? (path === void 0 ? inputs.secondaryRegion : "");
	return {
		vault,
		id,
		...region === "" ? {} : { region }
	};
}
function vaultOf(kind, subscriptionId, inputs) {
	const { resourceGroup, vaultName: name } = inputs;
	return subscriptionId === "" || resourceGroup === "" || name === "" ? void 0 : {
		kind,
		subscriptionId,
		resourceGroup,
		name
	};
}
function shown(value) {
	const [path = ""] = value.replace(/[\p{Cc}]/gu, " ").split(/[?&#]|%3F/i);
	const withoutUser = path.replace(/\/\/[^/@]*@/, "//***@");
	return withoutUser.length > 300 ? `${withoutUser.slice(0, 300)}…` : withoutUser;
}
// build/inputs/targets.js
const longestVariable = 131072;
function readTargets(get, cloud) {
	const vault = readVault(get);
	const [name, other] = [
		"operation-url",
		"job-id",
		"protected-item"
	].filter((name) => get(name) !== "");
	if (name === void 0) throw new proxy.d("operation-url", "is empty, and so are job-id and protected-item; give exactly one of them.");
	if (other !== void 0) throw new proxy.d(other, `is set together with ${name}; give exactly one of operation-url, job-id and protected-item.`);
	const values = wholeLines(name, get(name));
	if (name === "protected-item") return readItems(values, get, vault);
	for (const only of ["max-age-hours", "operation"]) if (!(get(only) === "" || only === "operation" && get(only) === "Backup")) throw new proxy.d(only, `is set, but goes with protected-item, not with ${name}.`);
	const targets = values.map((line) => name === "job-id" ? parseJobId(line, vault) : parseOperationUrl(line, vault, cloud));
	checkLastJob(name, targets);
	return eachOnce(targets);
}
function eachOnce(targets) {
	const firsts = new Map();
	for (const target of targets) {
		const key = target.kind === "job" ? jobKey(target.reference) : target;
		if (!firsts.has(key)) firsts.set(key, target);
	}
	return [...firsts.values()];
}
function readVault(get) {
	return {
		kind: oneOf(get, "vault-type", ["recovery-services", "backup"]),
		subscriptionId: matching(get, "subscription-id", guid, "a GUID"),
		resourceGroup: matching(get, "resource-group", /^[\p{L}\p{N}_.()-]{0,89}[\p{L}\p{N}_()-]$/u, "the name alone: letters, digits, and _ . ( ) -"),
		vaultName: matching(get, "vault-name", /^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/, "the name alone: letters, digits and hyphens"),
		secondaryRegion: matching(get, "secondary-region", /^[A-Za-z0-9]{2,40}$/, "the name of a region without blanks, like westus2")
	};
}
function wholeLines(name, value) {
	if (Buffer.byteLength(`INPUT_${name}=${value}`) + 1 + 2 >= longestVariable) throw new proxy.d(name, `is as long as an environment variable can be (128 KiB), so its end may be cut off; split it over several steps, or use protected-item: '*'.`);
	return [...new Set(lines(value))];
}
function checkLastJob(name, targets) {
	const ids = targets.map((target) => target.kind === "job" ? target.reference.id : "");
	const last = ids.pop() ?? "";
	if (last !== "" && ids.length > 0 && ids.every((id) => guid.test(id)) && !guid.test(last)) throw new proxy.d(name, `ends in "${shown$1(last)}", while every other of its ${ids.length + 1} lines has a GUID; the list seems to be cut off.`);
}
function readItems(names, get, inputs) {
	const rules = readRules(get);
	const { subscriptionId } = inputs;
	const vault = vaultOf(inputs.kind, subscriptionId, inputs);
	if (!names.includes("*")) return itemsByVault(names, vault, rules);
	if (names.length > 1) throw new proxy.d("protected-item", "has * among other names; give * alone, or names.");
	const half = vault === void 0 && (inputs.resourceGroup !== "" || inputs.vaultName !== "");
	if (subscriptionId === "" || half) throw new proxy.d("protected-item", "is *; set subscription-id for all vaults of a subscription, and resource-group and vault-name too for one vault.");
	return [{
		kind: "items",
		names: "*",
		subscriptionId,
		vault,
		...rules
	}];
}
function readRules(get) {
	const accepted = "the word that jobs have, like Backup or Restore";
	const word = matching(get, "operation", /^[\p{L}\p{N} ()_-]{1,60}$/u, accepted);
	const operation = (word.split("(")[0] ?? "").trim();
	if (operation === "") throw new proxy.d("operation", `is "${shown$1(word)}"; accepted is ${accepted}.`);
	return {
		operation,
		maxAgeHours: get("max-age-hours") === "" ? void 0 : number(get, "max-age-hours", "a number of hours above 0, like 26", (value) => value > 0)
	};
}
function itemsByVault(names, vault, rules) {
	const placed = names.map((name) => ({
		name,
		vault: vaultOfName(name, vault)
	}));
	return [...Map.groupBy(placed, (one) => vaultPath(one.vault).toLowerCase()).values()].flatMap((group) => {
		const [first] = group;
		if (first === void 0) return [];
		const { vault: own } = first;
		return [{
			kind: "items",
			names: group.map(({ name }) => name),
			subscriptionId: own.subscriptionId,
			vault: own,
			...rules
		}];
	});
}
function vaultOfName(name, vault) {
	const named = name.startsWith("/") ? vaultOfItem(name) : vault;
	if (named !== void 0) return named;
	throw new proxy.d("protected-item", `"${shown$1(name)}" does not say which vault it is in; set subscription-id, resource-group and vault-name too, or give the item's ARM ID.`);
}
function vaultOfItem(id) {
	const path = parsePath(id);
	const isItem = path?.rest.some((segment) => /^(protectedItems|backupInstances)$/i.test(segment));
	if (path?.vault === void 0 || !isItem) throw new proxy.d("protected-item", `"${shown$1(id)}" is not the ARM ID of a protected item; accepted is /subscriptions/…/vaults/…/protectedItems/… or …/backupVaults/…/backupInstances/…`);
	return path.vault;
}
// build/inputs/inputs.js
function readInputs(get, env) {
	const cloud = readCloud(get, env);
	return {
		cloud,
		targets: readTargets(get, cloud),
		waitFor: oneOf(get, "wait-for", [
			"completion",
			"snapshot",
			"none"
		]),
		timeoutMinutes: number(get, "timeout-minutes", "a number of minutes above 0, like 90 or 0.5", (value) => value > 0),
		pollIntervalSeconds: number(get, "poll-interval-seconds", "a number of seconds, 1 at the least", (value) => value >= 1),
		failOn: oneOf(get, "fail-on", [
			"failure",
			"warning",
			"never"
		]),
		cancelJob: oneOf(get, "cancel-job", [
			"never",
			"on-timeout",
			"on-cancel",
			"always"
		]),
		credential: readCredential(get),
		verifyRecoveryPoint: main_boolean(get, "verify-recovery-point"),
		commentInPr: oneOf(get, "comment-in-pr", commentModes),
		commentKey: get("comment-key"),
		gitHubToken: get("github-token"),
		summary: main_boolean(get, "summary")
	};
}
function readCloud(get, env) {
	const environment = oneOf((name) => get(name).toLowerCase(), "environment", environments);
	const endpoint = httpsUrl("resource-manager-url", get("resource-manager-url"));
	if (endpoint !== void 0 && (endpoint.pathname !== "/" || endpoint.search !== "")) throw new proxy.d("resource-manager-url", `"${shown$1(endpoint.href)}" has more than scheme, host and port; accepted is the endpoint alone, like https://management.local.azurestack.external.`);
	return cloudOf(environment, endpoint, httpsUrl("AZURE_AUTHORITY_HOST (environment variable)", env.AZURE_AUTHORITY_HOST ?? ""));
}
function readCredential(get) {
	const plain = /^[0-9A-Za-z.-]+$/;
	const clientId = matching(get, "client-id", plain, "the application's or managed identity's client ID, a GUID");
	const tenantId = matching(get, "tenant-id", plain, "a GUID or a domain");
	const clientSecret = get("client-secret");
	if (clientId === "" && tenantId !== "") throw new proxy.d("tenant-id", "is set without client-id; give both, or neither.");
	if (clientSecret !== "" && (clientId === "" || tenantId === "")) throw new proxy.d("client-secret", "is set without client-id and tenant-id; give all three.");
	return {
		clientId,
		tenantId,
		clientSecret,
		audience: get("audience")
	};
}
function httpsUrl(name, value) {
	if (value === "") return void 0;
	const url = URL.canParse(value) ? new URL(value) : void 0;
	if (url?.protocol !== "https:" || url.username !== "" || url.password !== "") throw new proxy.d(name, `is "${shown$1(value)}"; accepted is an https URL without user info.`);
	return url;
}
// build/report/outputs.js
const mostBytes = 1e5;
function factsOf(outcome) {
	const { job, recoveryPoint, seenAt } = outcome;
	const seconds = elapsedSeconds(job, seenAt);
	const error = mainError(outcome);
	return {
		status: job.status,
		conclusion: conclude(outcome),
		jobId: job.id,
		vaultName: job.vault?.name ?? "",
		resourceGroup: job.vault?.resourceGroup ?? "",
		operation: job.operation,
		item: job.item,
		startTime: isoTime(job.startTime),
		endTime: isoTime(job.endTime),
		duration: seconds === void 0 ? "" : isoDuration(seconds),
		durationSeconds: seconds === void 0 ? null : Math.round(seconds),
		backupSize: job.size?.text ?? "",
		backupSizeBytes: job.size?.bytes ?? null,
		snapshotCompleted: snapshotCompleted(job) ?? null,
		errorCode: error?.code ?? "",
		errorMessage: error?.message ?? "",
		recommendedAction: error?.recommendations.join(" ") ?? "",
		recoveryPointId: recoveryPoint?.id ?? "",
		recoveryPointTime: isoTime(recoveryPoint?.time),
		recoveryPointType: recoveryPoint?.type ?? "",
		properties: job.properties
	};
}
function outputsOf(outcomes, portal) {
	const sorted = worstFirst(outcomes);
	const [worst] = sorted;
	if (worst === void 0) return {};
	const facts = factsOf(worst);
	const jobs = fitJobs(sorted.map(factsOf), mostBytes);
	return {
		status: facts.status,
		conclusion: facts.conclusion,
		"job-id": facts.jobId,
		"vault-name": facts.vaultName,
		"resource-group": facts.resourceGroup,
		operation: facts.operation,
		item: facts.item,
		"start-time": facts.startTime,
		"end-time": facts.endTime,
		duration: facts.duration,
		"duration-seconds": textOf$1(facts.durationSeconds),
		"backup-size": facts.backupSize,
		"backup-size-bytes": textOf$1(facts.backupSizeBytes),
		"snapshot-completed": textOf$1(facts.snapshotCompleted),
		"error-code": facts.errorCode,
		"error-message": facts.errorMessage,
		"recommended-action": facts.recommendedAction,
		"recovery-point-id": facts.recoveryPointId,
		"recovery-point-time": facts.recoveryPointTime,
		"recovery-point-type": facts.recoveryPointType,
		"portal-url": portalUrl(worst, portal),
		properties: JSON.stringify(facts.properties),
		jobs: jobs.json,
		"jobs-truncated": String(jobs.truncated)
	};
}
function textOf$1(value) {
	return value === null ? "" : String(value);
}
function fitJobs(all, most) {
	const json = JSON.stringify(all);
	if (Buffer.byteLength(json) <= most) return {
		json,
		truncated: false
	};
	const slim = all.map((facts) => JSON.stringify({
		...facts,
		errorMessage: facts.errorMessage.slice(0, 1e3),
		properties: {},
		recommendedAction: ""
	}));
	const kept = [];
	let bytes = 2;
	for (const one of slim) {
		bytes += Buffer.byteLength(one) + 1;
		if (bytes > most) break;
		kept.push(one);
	}
	return {
		json: `[${kept.join(",")}]`,
		truncated: true
	};
}
// build/report/words/annotations.js
const most = 9;
const longest$1 = 4096;
const mostNames$1 = 20;
const longestReason = 2500;
function annotate(outcomes, failOn, log) {
	const errors = [];
	const warnings = [];
	for (const outcome of worstFirst(outcomes)) if (fails(outcome, failOn)) errors.push(outcome);
	else if (needsLook(outcome)) warnings.push(outcome);
	annotateEach(errors, (message, title) => log.error(message, title));
	annotateEach(warnings, (message, title) => log.warning(message, title));
}
function needsLook(outcome) {
	const conclusion = conclude(outcome);
	return conclusion === "success" ? outcome.job.errors.length > 0 : conclusion !== "pending" || lastEnding(outcome) === "stopped";
}
function annotateEach(outcomes, say) {
	const groups = [...Map.groupBy(outcomes, causeOf).values()];
	for (const group of groups.slice(0, most)) say(textOf(group), titleOf(group));
	const left = groups.slice(most).flat();
	if (left.length > 0) {
		const more = left.length > mostNames$1 ? ["…"] : [];
		const text = [
			`And ${(0,proxy.s)(left.length)} more; the job summary lists them.`,
			...linesOf(left),
			...more
		];
		say((0,proxy.a)(text.join("\n"), longest$1), `${(0,proxy.i)(left.length, "more job")} like these`);
	}
}
function causeOf(outcome) {
	const problem = problemOf(outcome);
	return lastEnding(outcome) === "error" && problem !== void 0 && outcome.job.errors.length === 0 ? JSON.stringify([problem, unproved(outcome) !== void 0]) : Symbol();
}
function textOf(group) {
	const [outcome] = group;
	if (outcome === void 0) return "";
	if (group.length === 1) return annotationText(outcome);
	const more = group.length > mostNames$1 ? ["…"] : [];
	const next = unproved(outcome) ? "The backups themselves did well; it is their recovery points that could not be looked at." : "What becomes of these jobs in Azure is not known; they may well go on.";
	return (0,proxy.a)([
		(0,proxy.c)((0,proxy.a)(reason(outcome), longestReason)),
		...linesOf(group),
		...more,
		next
	].join("\n"), longest$1);
}
function linesOf(outcomes) {
	return outcomes.slice(0, mostNames$1).map((outcome) => (0,proxy.c)((0,proxy.a)(verdictLine(outcome), 150)));
}
function titleOf(group) {
	return (0,proxy.c)((0,proxy.a)(headline(group), 200));
}
function annotationText(outcome) {
	const { errors } = outcome.job;
	const recommendations = mainError(outcome)?.recommendations ?? [];
	const lines = [
		(0,proxy.a)(reason(outcome) || verdictLine(outcome), longestReason),
		recommendations.length === 0 ? "" : (0,proxy.a)(`Recommended: ${recommendations.join(" ")}`, 1e3),
		nextStep(outcome),
		errors.length > 1 ? `And ${(0,proxy.i)(errors.length - 1, "other error")}; see the job summary.` : ""
	];
	return (0,proxy.a)(lines.map(proxy.c).filter((line) => line !== "").join("\n"), longest$1);
}
// build/runner/engine.js
function tuneEngine() {
	(0,external_node_v8_namespaceObject.setFlagsFromString)("--semi-space-growth-factor=1");
	(0,external_node_v8_namespaceObject.setFlagsFromString)("--heap-growing-percent=20");
	(0,external_node_v8_namespaceObject.setFlagsFromString)("--wasm-tiering-budget=2000000000");
	(0,external_node_v8_namespaceObject.setFlagsFromString)("--no-opt");
	(0,external_node_v8_namespaceObject.setFlagsFromString)("--no-maglev");
}
// build/runner/log.js
function outliveLog() {
	for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
}
async function flushLog() {
	await new Promise((resolve) => process.stdout.write("", resolve));
}
const runnerLog = {
	info: (line) => info((0,proxy.c)(line)),
	debug: (line) => debug((0,proxy.c)(line)),
	fault: (line) => info((0,proxy.c)(line)),
	notice: (message, title) => notice(message, title === void 0 ? {} : { title }),
	warning: (message, title) => warning(message, title === void 0 ? {} : { title }),
	error: (message, title) => error(message, title === void 0 ? {} : { title })
};
// build/runner/signals.js
const signals = [
	"SIGINT",
	"SIGTERM",
	"SIGBREAK"
];
function stopOnSignals() {
	const controller = new AbortController();
	(0,external_node_events_namespaceObject.setMaxListeners)(0, controller.signal);
	for (const signal of signals) process.on(signal, () => controller.abort(new Error(`stopped by ${signal}`)));
	return controller.signal;
}
// build/runner/state.js
const mostIds = 2e3;
function runningKeeper() {
	let saved = 0;
	return (references) => {
		for (let from = 0; from < references.length; from += mostIds) {
			const kept = JSON.stringify(byVault(references.slice(from, from + mostIds)));
			if (!save(`running-${saved}`, kept)) return;
			saved += 1;
		}
	};
}
function save(name, value) {
	try {
		saveState(name, value);
		return true;
	} catch (error) {
		runnerLog.warning(`The state for the post step could not be saved: ${(0,proxy.c)((0,proxy.g)(error))}. It may miss jobs to cancel, or ask again for some that have ended.`, "No state for the post step");
		return false;
	}
}
function byVault(references) {
	const groups = new Map();
	for (const { id, item: _item, ...rest } of references) {
		const key = JSON.stringify(rest);
		const group = groups.get(key) ?? {
			...rest,
			ids: []
		};
		group.ids.push(id);
		groups.set(key, group);
	}
	return [...groups.values()];
}
function saveEnded() {
	save("wait", "ended");
}
function leftRunning() {
	if (getState("wait") === "ended") return [];
	const references = [];
	for (let index = 0; getState(`running-${index}`) !== ""; index += 1) references.push(...readKept(getState(`running-${index}`)));
	return references;
}
function readKept(saved) {
	try {
		return list(JSON.parse(saved)).filter(isKept).flatMap(({ ids, ...rest }) => ids.map((id) => ({
			...rest,
			id: main_text(id)
		}))).filter(({ id }) => id !== "");
	} catch {
		return [];
	}
}
function isKept(saved) {
	const { ids, vault } = fields(saved);
	const { kind, name } = fields(vault);
	return Array.isArray(ids) && main_text(name) !== "" && (kind === "recovery-services" || kind === "backup");
}
// build/azure/http/transport.js
function openTransport() {
	let connecting;
	return {
		request: async ({ origin, path, method, headers, body }, signal) => {
			connecting ??= connect();
			const dispatcher = await connecting;
			const options = {
				origin,
				path,
				method,
				headers,
				signal
			};
			const answer = await dispatcher.request({
				...options,
				body: body ?? null
			});
			return {
				status: answer.statusCode,
				headers: answer.headers,
				body: answer.body
			};
		},
		close: async () => (await connecting)?.destroy()
	};
}
async function connect() {
	await (0,promises_namespaceObject.setImmediate)();
	const { createDispatcher } = await Promise.all(/* import() */[__nccwpck_require__.e(16), __nccwpck_require__.e(572)]).then(__nccwpck_require__.bind(__nccwpck_require__, 572));
	return createDispatcher();
}
// build/azure/identity/id-token.js
function mayHaveIdToken(env) {
	return Boolean(env.ACTIONS_ID_TOKEN_REQUEST_URL && env.ACTIONS_ID_TOKEN_REQUEST_TOKEN);
}
function whyNoIdToken(env, event) {
	const repository = env.GITHUB_REPOSITORY ?? "";
	const head = main_text(fields(fields(fields(fields(event).pull_request).head).repo).full_name);
	const start = "GitHub gives this job no ID token: ";
	if (env.GITHUB_ACTOR === "dependabot[bot]") return `${start}the run was started by Dependabot, whose runs never get one. Run this job on push or pull_request_target, or skip it for Dependabot.`;
	if (head !== "" && head !== repository) return `${start}the run is of a pull request from the fork ${head}, and those never get one. Skip this job for forks.`;
	return `${start}the permission is missing. Add "permissions: id-token: write" to the job (with "contents: read", since naming one permission drops the others).`;
}
const limit$2 = 3e4;
async function idToken(audience, env, { transport, clock }) {
	const { ACTIONS_ID_TOKEN_REQUEST_URL: address = "", ACTIONS_ID_TOKEN_REQUEST_TOKEN: token = "" } = env;
	const failed = `GitHub issued no ID token for audience ${audience}`;
	if (!URL.canParse(address)) throw new proxy.u(`${failed}: the variable ACTIONS_ID_TOKEN_REQUEST_URL is no URL; the runner sets it, so nothing else in the job may.`);
	const { origin, pathname, searchParams } = new URL(address);
	searchParams.set("audience", audience);
	const headers = {
		authorization: `Bearer ${token}`,
		accept: "application/json",
		"user-agent": userAgent
	};
	const request = {
		origin,
		path: `${pathname}?${searchParams}`,
		method: "GET",
		headers
	};
	try {
		const answer = await ask(transport, request, {
			clock,
			limit: limit$2
		});
		const fault = faultOf(answer, clock.date());
		if (fault !== void 0) throw fault;
		const { status, json } = answer;
		if (status !== 200) throw new proxy.u(`${failed}: ${describeAnswer(status, answer.headers, json)}`);
		const { value } = fields(json);
		if (typeof value !== "string" || value === "") throw new Fault("200 an answer without a token");
		setSecret(value);
		return value;
	} catch (error) {
		throw error instanceof Fault ? error.of(failed) : error;
	}
}
function claimsOf(token) {
	let payload;
	try {
		payload = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
	} catch {
		payload = void 0;
	}
	const claims = fields(payload);
	return {
		issuer: main_text(claims.iss),
		subject: main_text(claims.sub),
		audience: main_text(claims.aud)
	};
}
// build/azure/identity/entra.js
const limit$1 = 3e4;
const managedIdentity = "managed identity";
function askerOf(name, { cloud, transport, clock }, create) {
	const entra = listener(transport, clock, name === "managed identity" ? void 0 : cloud);
	const service = name === "managed identity" ? "The managed identity endpoint" : "Entra";
	const options = {
		authorityHost: cloud.authority,
		disableInstanceDiscovery: !cloud.instanceDiscovery,
		retryOptions: { maxRetries: 0 },
		httpClient: entra.httpClient
	};
	return async (assertion = "") => {
		let token;
		try {
			token = await create(await Promise.all(/* import() */[__nccwpck_require__.e(508), __nccwpck_require__.e(86)]).then(__nccwpck_require__.bind(__nccwpck_require__, 86)), options, assertion).getToken(cloud.scope);
		} catch (error) {
			const heard = entra.take();
			if (heard === void 0) throw error;
			if (heard instanceof proxy.h) throw heard;
			throw heard instanceof Fault ? heard.of(service) : refusal(`${service} refused the ${name} credential: ${heard}`, assertion);
		}
		return given(token, name);
	};
}
function listener(transport, clock, cloud) {
	let heard;
	return {
		take: () => {
			const said = heard;
			heard = void 0;
			return said;
		},
		httpClient: { sendRequest: async (request) => {
			const { origin, pathname, search } = new URL(request.url);
			const { "accept-encoding": _compressed, ...headers } = request.headers.toJSON();
			const body = typeof request.body === "string" ? request.body : void 0;
			const outgoing = {
				origin,
				path: pathname + search,
				method: request.method,
				headers,
				body
			};
			const patience = request.timeout > 0 ? Math.min(request.timeout, limit$1) : limit$1;
			try {
				if (cloud !== void 0) mustBeEntra(new URL(request.url), request.method, cloud);
				const answer = await ask(transport, outgoing, {
					clock,
					limit: patience
				});
				const fault = faultOf(answer, clock.date());
				if (fault !== void 0) throw fault;
				heard = answer.status === 200 ? void 0 : saidBy(answer);
				const { createHttpHeaders } = await Promise.all(/* import() */[__nccwpck_require__.e(508), __nccwpck_require__.e(86)]).then(__nccwpck_require__.bind(__nccwpck_require__, 86));
				const headers = createHttpHeaders(oneEach(answer.headers));
				return {
					request,
					status: answer.status,
					headers,
					bodyAsText: answer.body
				};
			} catch (error) {
				heard = error instanceof Fault || error instanceof proxy.h ? error : void 0;
				throw error;
			}
		} }
	};
}
function mustBeEntra({ origin, protocol, host }, method, cloud) {
	const isDiscovery = method === "GET" && cloud.instanceDiscovery && origin === "https://login.microsoftonline.com";
	if (protocol === "https:" && (origin === cloud.authority || cloud.authorityAliases.includes(origin) || isDiscovery)) return;
	throw new proxy.h(`Entra at ${cloud.authority} names ${protocol}//${host} to ask for tokens, which is no host of the same cloud; no credential is sent there.`);
}
function oneEach(headers) {
	return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => value === void 0 ? [] : [[name, String(value)]]));
}
function saidBy({ status, headers, json }) {
	return (status < 400 ? "" : firstLine(main_text(fields(json).error_description))) || describeAnswer(status, headers, json);
}
function refusal(said, assertion) {
	const lines = [said];
	if (assertion !== "" && /AADSTS70021/.test(said)) {
		const { issuer, subject, audience } = claimsOf(assertion);
		lines.push(`The ID token sent has issuer "${issuer}", subject "${subject}" and audience "${audience}"; the application's federated credential has to have the same. Repositories created since July 2026 have IDs in the subject (repo:org@ID/repo@ID:…).`);
	}
	return new proxy.u(lines.join(" "));
}
function given(token, name) {
	if (typeof token?.token !== "string" || token.token === "" || !Number.isFinite(token.expiresOnTimestamp)) throw new proxy.u(`${name} gave no token: its answer has none, or does not tell when it ends.`);
	return token;
}
function firstLine(message) {
	const lines = message.split(/\r?\n/);
	return main_text(lines.find((line) => /AADSTS/.test(line)) ?? lines[0]);
}
// build/azure/identity/credential-kinds.js
const processTimeoutInMs = 4e4;
function byClientSecret(signIn, tenantId, clientId, secret) {
	return byEntra("client secret", signIn, ({ ClientSecretCredential }, options) => new ClientSecretCredential(tenantId, clientId, secret, options));
}
function byGitHub(signIn, env, tenantId, clientId, audience) {
	const name = "GitHub OIDC";
	const ask = askerOf(name, signIn, ({ ClientAssertionCredential }, options, assertion) => new ClientAssertionCredential(tenantId, clientId, () => Promise.resolve(assertion), options));
	return {
		name,
		ask: async () => await ask(await idToken(audience, env, signIn))
	};
}
function byWorkloadIdentity(signIn) {
	return byEntra("workload identity", signIn, ({ WorkloadIdentityCredential }, options) => new WorkloadIdentityCredential(options));
}
function byEnvironment(signIn) {
	return byEntra("environment variables", signIn, ({ EnvironmentCredential }, options) => new EnvironmentCredential(options));
}
function byManagedIdentity(signIn, clientId, sendProbeRequest = false) {
	return byEntra(managedIdentity, signIn, ({ ManagedIdentityCredential }, { httpClient }) => {
		return pastCache(new ManagedIdentityCredential({
			...clientId ? { clientId } : {},
			sendProbeRequest,
			httpClient
		}));
	});
}
function byAzureCli(signIn) {
	return byProcess("Azure CLI", signIn, async () => {
		const { AzureCliCredential } = await Promise.all(/* import() */[__nccwpck_require__.e(508), __nccwpck_require__.e(956)]).then(__nccwpck_require__.bind(__nccwpck_require__, 956));
		return new AzureCliCredential({ processTimeoutInMs });
	});
}
function byAzurePowerShell(signIn) {
	return byProcess("Azure PowerShell", signIn, async () => {
		const { AzurePowerShellCredential } = await Promise.all(/* import() */[__nccwpck_require__.e(508), __nccwpck_require__.e(956)]).then(__nccwpck_require__.bind(__nccwpck_require__, 956));
		return new AzurePowerShellCredential({ processTimeoutInMs });
	});
}
function byEntra(name, signIn, create) {
	const ask = askerOf(name, signIn, create);
	return {
		name,
		ask: () => ask()
	};
}
const loginNeeded = /AADSTS\d|az login|Connect-AzAccount/i;
function byProcess(name, signIn, create) {
	return {
		name,
		ask: async () => {
			try {
				return given(await (await create()).getToken(signIn.cloud.scope), name);
			} catch (error) {
				const said = (0,proxy.g)(error);
				throw loginNeeded.test(said) ? new proxy.u(firstLine(said)) : error;
			}
		}
	};
}
function pastCache(credential) {
	const { managedIdentityApp: msal } = credential;
	if (msal !== void 0) {
		const acquire = msal.acquireToken.bind(msal);
		msal.acquireToken = (request) => acquire({
			...request,
			forceRefresh: true
		});
	}
	return credential;
}
// build/azure/identity/credential.js
function chooseCredential(inputs, env, signIn) {
	const { clientId, tenantId, clientSecret } = inputs;
	const audience = inputs.audience || signIn.cloud.audience;
	if (clientId !== "" && tenantId !== "") {
		if (clientSecret !== "") return byClientSecret(signIn, tenantId, clientId, clientSecret);
		if (mayHaveIdToken(env)) return byGitHub(signIn, env, tenantId, clientId, audience);
		throw new proxy.u(whyNoIdToken(env, readEvent(env)));
	}
	if (clientId !== "") return byManagedIdentity(signIn, clientId);
	const { AZURE_CLIENT_ID: envClient, AZURE_TENANT_ID: envTenant } = env;
	if (envClient && envTenant) {
		if (env.AZURE_FEDERATED_TOKEN_FILE) return byWorkloadIdentity(signIn);
		if (env.AZURE_CLIENT_SECRET || env.AZURE_CLIENT_CERTIFICATE_PATH) return byEnvironment(signIn);
		if (mayHaveIdToken(env)) return byGitHub(signIn, env, envTenant, envClient, audience);
	}
	return firstThatAnswers([
		byAzureCli(signIn),
		byAzurePowerShell(signIn),
		byManagedIdentity(signIn, envClient, true)
	], env);
}
function firstThatAnswers(candidates, env) {
	let chosen;
	return {
		get name() {
			return chosen?.name ?? "none yet";
		},
		ask: async () => {
			if (chosen !== void 0) return await renew(chosen);
			const failures = [];
			let last;
			for (const candidate of candidates) try {
				const token = await candidate.ask();
				chosen = candidate;
				return token;
			} catch (error) {
				last = error;
				failures.push(`${candidate.name}: ${firstLine((0,proxy.g)(error))}`);
			}
			if (last instanceof Fault && last.status !== void 0) throw last;
			const hint = mayHaveIdToken(env) ? "Give client-id and tenant-id, or run azure/login before this step." : "Give client-id and tenant-id with \"permissions: id-token: write\", or run azure/login before this step.";
			throw new proxy.u(`No credential gives a token. ${hint} Tried: ${failures.join("; ")}`);
		}
	};
}
async function renew(chosen) {
	try {
		return await chosen.ask();
	} catch (error) {
		if (!(error instanceof proxy.u)) throw error;
		throw new proxy.u(`${chosen.name} could not renew its token: ${firstLine((0,proxy.g)(error))} After azure/login with OpenID Connect it never can (AADSTS700024): give this step client-id and tenant-id, and the job "permissions: id-token: write", so that it asks for tokens itself.`);
	}
}
// build/azure/identity/token.js
const margin = 3e5;
const firstTokenPatience = 12e4;
const limit = 9e4;
function tokenSource(ask, mask, patience, log) {
	const { clock, signal } = patience;
	let current;
	let asking;
	async function another() {
		current = await renewed(() => current, {
			ask,
			mask,
			patience,
			log
		});
		return current.token;
	}
	return {
		get: () => {
			if (serves(current, clock) && (signal.aborted || clock.now() < current.renewAt)) return Promise.resolve(current.token);
			if (signal.aborted) return Promise.reject(signal.reason);
			asking ??= another().finally(() => {
				asking = void 0;
			});
			return unlessAborted(asking, signal);
		},
		renew: (refused) => {
			if (current?.token === refused) current = {
				...current,
				renewAt: 0,
				refused: true
			};
		},
		endsAt: () => current?.endsAt
	};
}
function serves(one, clock) {
	return one !== void 0 && !one.refused && clock.now() < one.endsAt;
}
async function renewed(present, renewal) {
	const { ask, mask, patience, log } = renewal;
	const { clock, signal } = patience;
	const patient = present() === void 0 ? clock.now() + firstTokenPatience : Number.POSITIVE_INFINITY;
	const deadline = Math.min(patience.deadline, patient);
	for (let faults = 1;; faults += 1) try {
		const issued = await within({
			clock,
			milliseconds: limit,
			late
		}, ask);
		mask(issued.token);
		log.debug(`A token was issued; it ends at ${new Date(issued.expiresOnTimestamp).toISOString()}.`);
		return currentOf(issued, clock);
	} catch (error) {
		if (signal.aborted) throw signal.reason;
		const old = present();
		const goesOn = serves(old, clock);
		if (!goesOn && !mayPass(error, old !== void 0)) throw error;
		log.fault(`Getting a token failed: ${main_text((0,proxy.g)(error))}`);
		if (goesOn) return {
			...old,
			renewAt: Math.min(old.endsAt, clock.now() + 3e4)
		};
		const { retryAfter, advice } = error instanceof Fault ? error : {
			retryAfter: 0,
			advice: ""
		};
		if (!await waitAfterFault({
			...patience,
			deadline
		}, faults, retryAfter)) throw clock.now() < patience.deadline ? new proxy.u(`No token could be had: ${main_text((0,proxy.g)(error))}${advice}`) : new proxy.f(`no token could be had: ${main_text((0,proxy.g)(error))}`);
	}
}
function late() {
	return new Fault(`no answer within ${limit / 1e3} s`);
}
function currentOf({ token, expiresOnTimestamp }, clock) {
	const left = expiresOnTimestamp - clock.date();
	const endsAt = clock.now() + left;
	return {
		token,
		endsAt,
		renewAt: endsAt - Math.min(margin, left / 2),
		refused: false
	};
}
const passingCodes = /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|EPIPE|network_error|endpoints_resolution_error|openid_config_error|socket hang up|timed? ?out/i;
function mayPass(error, worked) {
	if (error instanceof Fault) return true;
	if (error instanceof proxy.u || error instanceof proxy.h) return false;
	const status = statusOf(error);
	if (status !== void 0) return status === 408 || status === 429 || status >= 500;
	const said = [error, error?.cause].map((part) => `${part?.code ?? ""} ${(0,proxy.g)(part)}`).join(" ");
	return (worked || passingCodes.test(said)) && !/AADSTS\d/.test(said);
}
function statusOf(error) {
	const { statusCode } = error;
	return typeof statusCode === "number" ? statusCode : void 0;
}
function pauseSeconds(pace, random) {
	const spread = Math.min(pace.longest, 5 + Math.max(0, pace.age) / 25) * (.85 + .15 * random);
	return Math.max(spread, quotaFloor(pace), floorSeconds(pace.retryAfter, random));
}
function quotaFloor({ remaining, byPost }) {
	return Math.max(remaining < 5 ? 120 : remaining < 20 ? 60 : 0, byPost ? 30 : 0);
}
// build/azure/read-job.js
function singleJobReader(resourceManager) {
	const regions = new Map();
	async function regionOf(reference) {
		const path = vaultPath(reference.vault);
		const known = regions.get(path);
		if (known !== void 0) return known;
		const url = withVersion(path, resourceManager.origin, apiVersions.backupVault);
		const { body } = await resourceManager.read({
			url,
			what: {
				kind: "vault",
				name: reference.vault.name
			}
		});
		const region = regionName(main_text(fields(body).location));
		regions.set(path, region);
		return region;
	}
	async function requestFor(reference) {
		const { vault, id, region } = reference;
		const what = {
			kind: "job",
			name: id
		};
		if (vault.kind === "recovery-services") return region === void 0 ? {
			url: withVersion(jobPath(reference), resourceManager.origin, apiVersions.recoveryServices),
			what
		} : crossRegionJob(reference, region, resourceManager.origin, what);
		const own = region === void 0 ? void 0 : await regionOf(reference);
		return region === void 0 || own === void 0 || own === regionName(region) ? {
			url: withVersion(jobPath(reference), resourceManager.origin, apiVersions.backupVault),
			what
		} : crossRegionRestoreJob(reference, region, own, resourceManager.origin, what);
	}
	return {
		enter: () => () => {},
		read: async (reference) => {
			const answer = await resourceManager.read(await requestFor(reference));
			return {
				job: readJob(answer.body, reference.id, reference.vault),
				answer
			};
		}
	};
}
function crossRegionJob(reference, region, origin, what) {
	const { vault, id } = reference;
	return {
		url: withVersion(`/subscriptions/${encodeURIComponent(vault.subscriptionId)}/providers/Microsoft.RecoveryServices/locations/${encodeURIComponent(region)}/backupCrrJob`, origin, apiVersions.crossRegion),
		method: "POST",
		body: {
			resourceId: vaultPath(vault),
			jobName: id
		},
		what,
		leastPause: 30
	};
}
function crossRegionRestoreJob(reference, region, own, origin, what) {
	const { vault, id } = reference;
	return {
		url: withVersion(`/subscriptions/${encodeURIComponent(vault.subscriptionId)}/resourceGroups/${encodeURIComponent(vault.resourceGroup)}/providers/Microsoft.DataProtection/locations/${encodeURIComponent(region)}/fetchCrossRegionRestoreJob`, origin, apiVersions.backupVault),
		method: "POST",
		body: {
			jobId: id,
			sourceBackupVaultId: vaultPath(vault),
			sourceRegion: own
		},
		what,
		leastPause: 30
	};
}
function regionName(region) {
	return region.toLowerCase().replaceAll(" ", "");
}
function readsByPost(reference) {
	return reference.region !== void 0;
}
// build/azure/job-list.js
const mostPages$2 = 1e3;
var BrokenListError = class extends Error {
	name = "BrokenListError";
};
async function listJobs(resourceManager, vault, filter) {
	const jobs = [];
	const what = {
		kind: "job-list",
		name: vault.name
	};
	let url = listUrl(resourceManager.origin, vault, filter);
	for (let page = 1;; page += 1) {
		const answer = await resourceManager.read({
			url,
			what
		});
		jobs.push(...jobsOf(answer.body, vault).filter((job) => fits(job, filter)));
		const next = verbatim(fields(answer.body).nextLink);
		if (next === "") return {
			jobs,
			answer
		};
		const following = URL.canParse(next) ? new URL(next) : void 0;
		if (following === void 0 || following.href === url.href || page === mostPages$2) throw new BrokenListError(`The list of ${subjectWords(what)} has a next page that leads nowhere.`);
		url = following;
	}
}
function listUrl(origin, vault, filter) {
	const path = `${vaultPath(vault)}/backupJobs`;
	if (vault.kind === "backup") return withVersion(path, origin, apiVersions.backupVault);
	const url = withVersion(path, origin, apiVersions.recoveryServices);
	url.searchParams.set("$filter", filterText(filter));
	return url;
}
function filterText(filter) {
	if ("status" in filter) return `status eq '${filter.status}'`;
	return `startTime eq '${listDate(filter.from)}' and endTime eq '${listDate(filter.to)}'`;
}
function listDate(milliseconds) {
	const [date = "", time = ""] = new Date(milliseconds).toISOString().split(/[T.]/);
	const hour = Number(time.slice(0, 2));
	return `${date} ${String(hour % 12 || 12).padStart(2, "0")}${time.slice(2)} ${hour < 12 ? "AM" : "PM"}`;
}
function jobsOf(body, vault) {
	return list(fields(body).value).flatMap((item) => {
		const id = main_text(fields(item).name) || (main_text(fields(item).id).split("/").at(-1) ?? "");
		return id === "" ? [] : [readJob(item, id, vault)];
	});
}
function fits(job, filter) {
	if ("status" in filter) return job.status === filter.status;
	return job.startTime !== void 0 && job.startTime >= filter.from && job.startTime <= filter.to;
}
// build/azure/vault-list.js
function vaultList(resourceManager, vault, clock, random) {
	const members = new Set();
	let unreadable = false;
	let warning;
	const lookOnce = shared(clock, async () => {
		const { jobs, answer } = await listJobs(resourceManager, vault, { status: "InProgress" });
		const own = followed(jobs, members);
		return {
			jobs: own,
			answer,
			round: {
				age: youngest(own.values(), answer.serviceTime),
				random: random()
			}
		};
	});
	return {
		members,
		look: async (pause) => {
			if (unreadable) return void 0;
			try {
				return await lookOnce(pause);
			} catch (error) {
				if (!(error instanceof RefusedError || error instanceof BrokenListError)) throw error;
				if (!unreadable) warning = `The job list of vault ${vault.name} cannot be read, so its jobs are read one by one, which takes more requests: ${error.message}`;
				unreadable = true;
				return;
			}
		},
		takeWarning: () => {
			const said = warning;
			warning = void 0;
			return said;
		}
	};
}
function shared(clock, ask) {
	let last;
	return (pause) => {
		if (last !== void 0 && clock.now() - last.at < pause * 500) return last.result;
		const current = {
			at: Number.POSITIVE_INFINITY,
			result: ask()
		};
		last = current;
		current.result.then(() => {
			current.at = clock.now();
		}, () => {
			if (last === current) last = void 0;
		});
		return current.result;
	};
}
function followed(jobs, members) {
	const wanted = new Set([...members].map(({ id }) => id.toLowerCase()));
	return new Map(jobs.map((job) => [job.id.toLowerCase(), job]).filter(([id]) => wanted.has(id)));
}
function youngest(jobs, now) {
	let age;
	for (const job of jobs) {
		const elapsed = elapsedSeconds(job, now) ?? 0;
		age = Math.min(age ?? elapsed, elapsed);
	}
	return age;
}
// build/azure/vault-reader.js
const fewJobs$1 = 5;
function vaultJobReader(resourceManager, single, clock, random) {
	const lists = new Map();
	const keyOf = ({ vault }) => vaultPath(vault).toLowerCase();
	async function alone(list, reference, pause) {
		const reading = await single.read(reference, pause);
		const warning = list?.takeWarning();
		return warning === void 0 ? reading : {
			...reading,
			warning
		};
	}
	return {
		enter: (reference) => {
			const key = keyOf(reference);
			const list = lists.get(key) ?? vaultList(resourceManager, reference.vault, clock, random);
			lists.set(key, list);
			const member = { ...reference };
			list.members.add(member);
			return () => {
				list.members.delete(member);
			};
		},
		read: async (reference, pause) => {
			await Promise.resolve();
			const list = lists.get(keyOf(reference));
			const look = list !== void 0 && list.members.size > fewJobs$1 && reference.region === void 0 ? await list.look(pause) : void 0;
			if (look === void 0) return await alone(list, reference, pause);
			const { jobs, answer, round } = look;
			const job = jobs.get(reference.id.toLowerCase());
			if (job !== void 0) return {
				job: {
					...job,
					id: reference.id
				},
				answer,
				round
			};
			return {
				...await single.read(reference, pause),
				round
			};
		}
	};
}
// build/report/live/tally.js
const mostStatuses = 10;
const mostNames = 5;
function createTally() {
	const statuses = new Map();
	const counts = new Map();
	const news = [];
	let round = new Set();
	let ended = 0;
	return {
		get size() {
			return statuses.size;
		},
		beginsRound: (id) => round.has(id),
		note(name, job) {
			if (round.has(job.id)) round = new Set();
			round.add(job.id);
			const before = statuses.get(job.id);
			if (before === job.status) return;
			if (before !== void 0) counts.set(before, (counts.get(before) ?? 1) - 1);
			statuses.set(job.id, job.status);
			counts.set(job.status, (counts.get(job.status) ?? 0) + 1);
			if (!hasEnded(job)) return;
			ended += 1;
			if (job.status !== "Completed") news.push(`${(0,proxy.a)(name, 80)} ${job.status}`);
		},
		isOver: () => ended === statuses.size,
		text() {
			const parts = [...counts].filter(([, count]) => count > 0).sort(([one], [other]) => one.localeCompare(other)).slice(0, mostStatuses).map(([status, count]) => `${(0,proxy.s)(count)} ${(0,proxy.a)(status, 40)}`);
			return `${(0,proxy.i)(statuses.size, "job")}: ${parts.join(", ")}`;
		},
		takeNews() {
			const all = news.splice(0);
			const left = all.length - mostNames;
			const named = [...all.slice(0, mostNames), ...left > 0 ? [`${left} more`] : []];
			return named.length === 0 ? "" : ` · new: ${named.join(", ")}`;
		}
	};
}
// build/report/live/time-left.js
const shortest = 12e4;
const least = .02;
const amounts = /([\d.,]+)\s*([kmgtp]?b)s?\s*(?:\/|of)\s*([\d.,]+)\s*([kmgtp]?b)s?/i;
function fractionDone(job) {
	if (job.percent !== void 0) return job.percent / 100;
	for (const { status, details = "" } of job.phases) {
		if (status !== "InProgress") continue;
		const [, done, doneUnit, all, allUnit] = amounts.exec(details) ?? [];
		const [part, whole] = [size(`${done} ${doneUnit}`), size(`${all} ${allUnit}`)];
		if (part !== void 0 && whole !== void 0 && whole.bytes > 0) return Math.min(1, part.bytes / whole.bytes);
	}
}
function secondsLeft(first, now) {
	const progress = now.fraction - first.fraction;
	const time = now.at - first.at;
	if (time < shortest || progress < least) return void 0;
	return (1 - now.fraction) * time / progress / 1e3;
}
// build/report/live/progress.js
const quietest = 3e5;
const burst = 50;
const fewJobs = 5;
const roundGap = 6e4;
const longest = 1e3;
function progressLog(log, { jobs: expected = () => 1 } = {}) {
	const seen = new Map();
	const tally = createTally();
	const allowed = allowance();
	let saidAt = Number.NEGATIVE_INFINITY;
	let tallySaid = "";
	function note(key, name, job, now) {
		const fraction = fractionDone(job);
		const before = seen.get(key);
		const first = before?.first ?? (fraction === void 0 ? void 0 : {
			fraction,
			at: now
		});
		const entry = {
			name,
			job,
			state: stateOf(job),
			first,
			said: before?.said
		};
		seen.set(key, entry);
		return entry;
	}
	function say(line, now) {
		allowed.spend(now);
		saidAt = now;
		log.info((0,proxy.a)((0,proxy.c)(line), longest));
	}
	function sayOne(entry, now) {
		if (!(entry.said !== entry.state && allowed.has(now)) && now - saidAt < quietest) return;
		entry.said = entry.state;
		say(`${entry.name}: ${lineOf(entry, now)}`, now);
	}
	function sayAll(now) {
		const text = tally.text();
		if (!(text !== tallySaid && now - saidAt >= roundGap && allowed.has(now)) && now - saidAt < quietest) return;
		tallySaid = text;
		say(`${text}${tally.takeNews()}`, now);
	}
	return {
		jobRead: (job, now) => {
			const name = [job.operation || "Job", job.item || job.id].join(" ");
			const many = Math.max(tally.size, expected()) > fewJobs;
			if (many && tally.beginsRound(job.id)) sayAll(now);
			tally.note(name, job);
			if (!many) sayOne(note(`job ${job.id}`, name, job, now), now);
			else if (tally.size >= expected() && tally.isOver()) sayAll(now);
		},
		operationRead: (operation, now, id) => {
			sayOne(note(`operation ${id}`, operationName(operation, id), operation, now), now);
		}
	};
}
function operationName({ item }, id) {
	return item === "" ? `Operation …${id.replace(/=+$/, "").slice(-8)}` : `Operation on ${item}`;
}
function allowance() {
	let left = burst;
	let since;
	const grow = (now) => {
		since ??= now;
		const more = Math.floor(Math.max(0, now - since) / quietest);
		left = Math.min(burst, left + more);
		since += more * quietest;
	};
	return {
		has: (now) => {
			grow(now);
			return left > 0;
		},
		spend: (now) => {
			grow(now);
			left = Math.max(0, left - 1);
		}
	};
}
function stateOf(job) {
	const phases = job.phases.slice(0, 12).map(({ name, status }) => `${(0,proxy.a)(name, 60)} ${phaseWord(status)}`).join(", ");
	return joined([(0,proxy.a)(job.status, 100), phases]);
}
function lineOf({ job, state, first }, now) {
	const seconds = elapsedSeconds(job, now);
	const running = job.phases.filter(({ status }) => status === "InProgress");
	return joined([
		seconds === void 0 ? "" : forPeople(seconds),
		state,
		job.percent === void 0 ? "" : `${Math.round(job.percent)} %`,
		...running.slice(0, 3).map(({ details = "" }) => (0,proxy.a)(details, 100)),
		hasEnded(job) ? "" : timeLeft(job, first, now),
		(0,proxy.a)(job.size?.text ?? "", 60)
	]);
}
function timeLeft(job, first, at) {
	if (job.remainingSeconds !== void 0) return `${forPeople(job.remainingSeconds)} left`;
	const fraction = fractionDone(job);
	const left = first === void 0 || fraction === void 0 ? void 0 : secondsLeft(first, {
		fraction,
		at
	});
	return left === void 0 ? "" : `about ${forPeople(left < 90 ? left : Math.round(left / 60) * 60)} left`;
}
function joined(parts) {
	return parts.filter((part) => part !== "").join(" · ");
}
// build/session.js
const machine = {
	clock: systemClock,
	random: Math.random,
	openTransport,
	env: process.env,
	log: runnerLog
};
function openSession(inputs, signal, surroundings) {
	const { cloud } = inputs;
	const { clock, random, env, log } = surroundings;
	(0,proxy.t)(env);
	const transport = surroundings.openTransport();
	const patience = {
		clock,
		random,
		deadline: clock.now() + inputs.timeoutMinutes * 6e4,
		signal
	};
	const credential = chooseCredential(inputs.credential, env, {
		cloud,
		transport,
		clock
	});
	const tokens = tokenSource(named(credential, log), setSecret, patience, log);
	const resourceManager = createResourceManager({
		cloud,
		transport,
		tokens,
		patience,
		log,
		ownVersions: Object.values(apiVersions)
	});
	const single = singleJobReader(resourceManager);
	const keep = inputs.cancelJob === "on-cancel" || inputs.cancelJob === "always" ? runningKeeper() : () => {};
	let followed = 0;
	return {
		options: {
			resourceManager,
			jobs: inputs.waitFor === "snapshot" ? single : vaultJobReader(resourceManager, single, clock, random),
			patience,
			waitFor: inputs.waitFor,
			pollInterval: inputs.pollIntervalSeconds,
			log,
			verifyRecoveryPoint: inputs.verifyRecoveryPoint,
			found: (references) => {
				followed += references.length;
				keep(references);
			},
			watcher: withTokenNotice(progressLog(log, { jobs: () => followed }), () => credential.name, tokens, patience, log)
		},
		statistics: () => resourceManager.statistics,
		close: () => transport.close()
	};
}
function named(credential, log) {
	let said = false;
	return async () => {
		const token = await credential.ask();
		if (!said) log.info(`Signed in to Azure by ${credential.name}.`);
		said = true;
		return token;
	};
}
function withTokenNotice(watcher, name, tokens, { clock, deadline }, log) {
	let said = false;
	return {
		...watcher,
		jobRead: (job, now) => {
			watcher.jobRead(job, now);
			const endsAt = tokens.endsAt() ?? Number.POSITIVE_INFINITY;
			if (said || hasEnded(job) || !/^Azure (CLI|PowerShell)$/.test(name()) || endsAt > deadline) return;
			said = true;
			log.notice(`The token of ${name()} ends at ${endOf(endsAt, clock)}, before this wait may. If azure/login used OpenID Connect, it cannot be renewed then (AADSTS700024). Give this step client-id and tenant-id, and the job "permissions: id-token: write", and it asks for its own tokens as long as it waits.`, "The wait may outlive the token");
		}
	};
}
function endOf(endsAt, clock) {
	return new Date(clock.date() + endsAt - clock.now()).toISOString();
}
// build/azure/resource-graph.js
const rowsPerPage = 1e3;
const mostPages$1 = 1e3;
async function queryResources(resourceManager, subscriptionId, query) {
	const url = withVersion("/providers/Microsoft.ResourceGraph/resources", resourceManager.origin, apiVersions.resourceGraph);
	const rows = [];
	let skipToken = "";
	for (let page = 1; page <= mostPages$1; page += 1) {
		const options = {
			$top: rowsPerPage,
			resultFormat: "objectArray",
			...skipToken === "" ? {} : { $skipToken: skipToken }
		};
		const { body, retryAfter } = await resourceManager.read({
			url,
			method: "POST",
			body: {
				subscriptions: [subscriptionId],
				query,
				options
			},
			what: {
				kind: "resource-graph",
				name: ""
			}
		});
		rows.push(...list(fields(body).data).filter(isFields));
		skipToken = verbatim(fields(body).$skipToken);
		if (skipToken === "") {
			if (main_text(fields(body).resultTruncated).toLowerCase() !== "true") return rows;
			throw new Error("Azure Resource Graph has cut its answer off and tells no next page.");
		}
		if (retryAfter > 0) await resourceManager.pause(retryAfter);
	}
	throw new Error("Azure Resource Graph has a next page that leads nowhere.");
}
function quoted(value) {
	return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
function propertiesOf(row) {
	const { properties } = row;
	if (typeof properties !== "string") return fields(properties);
	try {
		return fields(JSON.parse(properties));
	} catch {
		return {};
	}
}
// build/azure/items.js
async function findItems(resourceManager, subscriptionId, vault) {
	return (await queryResources(resourceManager, subscriptionId, [
		"RecoveryServicesResources",
		"| where type in~ ('microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems', 'microsoft.dataprotection/backupvaults/backupinstances')",
		...vault === void 0 ? [] : [`| where id startswith ${quoted(`${vaultId(vault)}/`)}`],
		"| project id, name, type, properties",
		"| order by id asc"
	].join("\n"))).flatMap(itemOf);
}
function itemOf(row) {
	const id = main_text(row.id);
	const path = parsePath(id);
	if (path?.vault === void 0) return [];
	const properties = propertiesOf(row);
	const source = fields(properties.dataSourceInfo);
	const name = main_text(properties.friendlyName) || main_text(source.resourceName) || main_text(row.name);
	const at = path.rest.findIndex((segment) => sameWord(segment, "protectionContainers"));
	const container = main_text(properties.containerName) || (at < 0 ? "" : path.rest[at + 1] ?? "");
	return [{
		id,
		vault: path.vault,
		name,
		container: path.kind === "backup" ? "" : container,
		server: main_text(properties.serverName) || main_text(properties.computerName),
		instance: instanceOf(properties, container),
		standing: standingOf(properties)
	}];
}
function instanceOf(properties, container) {
	const parent = `${main_text(properties.parentType)} ${container}`;
	return /group|distributed|SQLAGWorkLoadContainer/i.test(parent) ? "" : main_text(properties.parentName);
}
function standingOf(properties) {
	const state = (main_text(properties.protectionState) || main_text(properties.currentProtectionState)).toLowerCase();
	if (String(properties.isScheduledForDeferredDelete).toLowerCase() === "true" || state === "softdeleted" || state === "softdeleting") return "deleted";
	return state === "protectionstopped" ? "stopped" : "protected";
}
function hasName(item, given) {
	if (given.startsWith("/")) return sameWord(item.id, given);
	const [, container = "", name = ""] = /\/protectionContainers\/([^/]+)\/protectedItems\/([^/]+)$/i.exec(item.id) ?? [];
	const names = [item.name, containerName(item)];
	for (const host of hostsOf(item)) {
		names.push(`${host}/${item.name}`);
		if (item.instance !== "") names.push(`${host};${item.instance}/${item.name}`);
	}
	if (name !== "") names.push(name, `${container}/${item.name}`, `${container}/${name}`);
	return names.some((one) => sameWord(one, given));
}
function tellingNames(items) {
	return [
		qualifiedName,
		containerName,
		({ id }) => id
	].map((form) => items.map(form)).find((names) => new Set(names).size === items.length) ?? items.map(({ id }) => id);
}
function qualifiedName(item) {
	const [host] = hostsOf(item);
	return item.instance === "" || host === void 0 ? containerName(item) : `${host};${item.instance}/${item.name}`;
}
function containerName(item) {
	return item.container === "" ? item.name : `${item.container}/${item.name}`;
}
function hostsOf({ container, server }) {
	return [container.split(";").at(-1) ?? "", server].filter((host) => host !== "");
}
function isJobOf(job, item) {
	if (job.instanceId !== "") return sameWord(job.instanceId, item.id);
	const [, full = "", host = ""] = /^(.*?)(?:\s+\[([^\]]*)\])?$/.exec(job.item) ?? [];
	if (!sameWord(full, item.name) && !sameWord(job.item, item.name)) {
		if (!full.toLowerCase().endsWith(`/${item.name.toLowerCase()}`)) return false;
		const instance = full.slice(0, -item.name.length - 1);
		if (item.instance !== "" && !sameWord(instance, item.instance)) return false;
	}
	const container = item.container.toLowerCase();
	if (job.container !== "") {
		const own = job.container.toLowerCase();
		return container === own || container.endsWith(`;${own}`) || own.endsWith(`;${container}`);
	}
	const server = job.server || host;
	return server === "" || hostsOf(item).some((one) => sameHost(one, server));
}
function sameHost(one, other) {
	const [a, b] = [one.toLowerCase(), other.toLowerCase()];
	return a === b || a === b.split(".")[0] || b === a.split(".")[0];
}
// build/azure/http/refusal.js
function explainProblem(error, what) {
	return {
		code: error instanceof RefusedError ? error.code : "",
		message: explain(error, what)
	};
}
function explain(error, what) {
	if ([
		proxy.u,
		proxy.m,
		proxy.h
	].some((kind) => error instanceof kind)) return (0,proxy.g)(error);
	if (!(error instanceof RefusedError)) return `Reading ${what} failed: ${main_text((0,proxy.g)(error))}`;
	const said = `Reading ${subjectWords(error.what)} was refused: ${error.message.replace(/\.$/, "")}.`;
	if (error.status === 401) return `${said} A new token was refused too: it is of another tenant, or of another cloud (input environment).`;
	if (error.status === 403) return `${said} ${missingRole(error)}`;
	if (error.status === 404) return `${said} ${missing$1(error)}`;
	return error.status >= 300 && error.status < 400 ? `${said} A token is never sent to where a redirect points.` : said;
}
function missing$1({ what, path, missing: root }) {
	const { subscription, resourceGroup, vault } = namesIn(path);
	switch (root ?? what.kind) {
		case "subscription": return `There is no subscription ${subscription}, or the identity may see nothing in it: check its ID, and the tenant of the identity.`;
		case "resource-group": return `There is no resource group ${resourceGroup} in subscription ${subscription}: check its name and the subscription.`;
		case "vault":
		case "job-list": return root === "vault" ? `There is no vault ${vault} in resource group ${resourceGroup}: check its name, the resource group, the subscription, and the input vault-type.` : "There is no such vault: check its name, the resource group, the subscription, and the input vault-type.";
		case "job": return "There is no such job (any more): check the ID, the vault and the subscription. Azure keeps jobs for a limited time. A job of a Backup vault needs vault-type: backup, one of a cross-region restore secondary-region.";
		case "operation": return "There is no such operation (any more): check the ID, the vault and the subscription. Azure keeps operations for a shorter time than jobs; with the ID of its job, give that as job-id.";
		case "recovery-points": return "The vault protects no such item (any more), so it shows no recovery points of it.";
		default: return "There is no such thing (any more): check the IDs and the subscription.";
	}
}
function missingRole({ message, path }) {
	const action = /perform action '([^']+)'/.exec(message)?.[1] ?? actionFor(path);
	const [, provider = "", type = ""] = /\/providers\/Microsoft\.(\w+)\/([^/]+)/i.exec(path) ?? [];
	const isBackupVault = sameWord(provider, "DataProtection");
	const role = isBackupVault && !action.endsWith("/action") ? "Reader" : "Backup Reader";
	const vault = isBackupVault ? "Backup vault" : "Recovery Services vault";
	return `The identity lacks the role ${role} on the ${sameWord(type, "locations") ? "subscription" : vault} (action ${action}); a new assignment takes some minutes to work.`;
}
const posts = /^(backupCrrJobs?|fetchCrossRegionRestoreJobs?|cancel|resources)$/i;
function actionFor(path) {
	const { provider, types } = resourceType(path);
	const verb = posts.test(types.at(-1) ?? "") ? "action" : "read";
	return [
		provider,
		...types,
		verb
	].join("/").replace("Microsoft.RecoveryServices/vaults/", "Microsoft.RecoveryServices/Vaults/");
}
// build/wait/look.js
async function waitForNextLook(options, { age, answer, byPost, random }) {
	const { patience, pollInterval: longest } = options;
	const { retryAfter, remaining } = answer;
	const pause = pauseSeconds({
		age,
		longest,
		retryAfter,
		remaining,
		byPost
	}, random);
	const left = Math.max(0, (patience.deadline - patience.clock.now()) / 1e3);
	return await pauseWithin(patience, pause, retryAfter) ? Math.min(pause, left) : void 0;
}
function endingByError(error, what, patience) {
	if (patience.signal.aborted) return ["stopped"];
	if (error instanceof proxy.f) return ["timed-out", {
		code: "",
		message: `Reading ${what} failed to the last: ${error.message}`
	}];
	return ["error", explainProblem(error, what)];
}
// build/wait/select-items.js
function main_select(all, { names, vault, subscriptionId }) {
	const place = vault === void 0 ? `subscription ${subscriptionId}` : `vault ${vault.name}`;
	const fail = (problem) => new proxy.d("protected-item", problem);
	if (names === "*") {
		const items = all.filter(({ standing }) => standing === "protected");
		const leftOut = all.filter(({ standing }) => standing !== "protected");
		const error = fail(`is *, but ${place} has no protected item that this identity may see.${leftOut.length === 0 ? "" : ` ${notCounted(leftOut)}`}`);
		return {
			items,
			leftOut,
			wrong: items.length === 0 ? [{
				name: "",
				error
			}] : []
		};
	}
	const items = new Set();
	const wrong = [];
	for (const name of names) {
		const fitting = all.filter((item) => hasName(item, name));
		const [item] = fitting;
		if (item !== void 0 && fitting.length === 1) items.add(item);
		else {
			const error = item === void 0 ? `"${name}" is no protected item of ${place}. It has: ${listed(all.map((one) => one.name))}.` : `"${name}" fits ${fitting.length} items; give one of: ${listed(tellingNames(fitting))}.`;
			wrong.push({
				name,
				error: fail(error)
			});
		}
	}
	return {
		items: [...items],
		wrong,
		leftOut: []
	};
}
function notCounted(items) {
	const named = (standing) => items.filter((item) => item.standing === standing).map(({ name }) => name);
	const [stopped, deleted] = [named("stopped"), named("deleted")];
	const reasons = [...stopped.length === 0 ? [] : [`protection is stopped (${listed(stopped)})`], ...deleted.length === 0 ? [] : [`the item is deleted (${listed(deleted)})`]];
	return `${(0,proxy.i)(items.length, "item is", "items are")} not counted: ${reasons.join(" or ")}.`;
}
function listed(names) {
	if (names.length === 0) return "none that this identity may see";
	const shown = names.slice(0, 20).join(", ");
	return names.length > 20 ? `${shown} and ${names.length - 20} more` : shown;
}
// build/wait/items.js
const hour = 36e5;
const usualHours = 48;
const mostHours = 336;
async function findNewestJobs(target, options) {
	const { patience, resourceManager, log } = options;
	const outcome = (job, [ending, problem]) => ({
		job,
		ending,
		problem,
		seenAt: patience.clock.date(),
		observed: []
	});
	const nothing = unreadJob({
		id: "",
		vault: target.vault
	});
	try {
		const all = await findItems(resourceManager, target.subscriptionId, target.vault);
		const { items, wrong, leftOut } = main_select(all, target);
		if (leftOut.length > 0 && items.length > 0) log.info(notCounted(leftOut));
		const inVault = ({ vault }) => vaultPath(vault).toLowerCase();
		const everyone = Map.groupBy(all, inVault);
		const found = await Promise.all([...Map.groupBy(items, inVault)].map(([vault, group]) => newestInVault(group, everyone.get(vault) ?? group, target, options)));
		const refused = wrong.map(({ name, error }) => outcome(name === "" ? nothing : {
			...nothing,
			item: name,
			operation: target.operation
		}, ["error", {
			code: "",
			message: error.message
		}]));
		return {
			references: found.flatMap(({ references }) => references),
			outcomes: [...found.flatMap(({ outcomes }) => outcomes), ...refused]
		};
	} catch (error) {
		return {
			references: [],
			outcomes: [outcome(nothing, endingByError(error, "protected items", patience))]
		};
	}
}
async function newestInVault(items, everyone, target, options) {
	const { clock } = options.patience;
	const [first] = items;
	if (first === void 0) return {
		references: [],
		outcomes: []
	};
	const now = clock.date();
	const near = Math.min(target.maxAgeHours ?? usualHours, mostHours);
	try {
		const jobsSince = async (hours) => ownersOf(await listSince(first, now - hours * hour, target, options), everyone);
		const recent = await jobsSince(near);
		const all = items.some((item) => newestOf(recent, item) === void 0) && near < mostHours ? await jobsSince(mostHours) : recent;
		const oldest = target.maxAgeHours === void 0 ? Number.NEGATIVE_INFINITY : now - target.maxAgeHours * hour;
		const references = [];
		const outcomes = [];
		for (const item of items) {
			const newest = newestOf(all, item);
			if (newest === void 0 || (newest.startTime ?? 0) < oldest) outcomes.push(notFresh(item, all, target, now));
			else if ((all.get(newest) ?? []).length > 1) outcomes.push(nobodys(item, newest, all.get(newest) ?? [], target, now));
			else references.push({
				vault: item.vault,
				id: newest.id,
				item: item.id
			});
		}
		return {
			references,
			outcomes
		};
	} catch (error) {
		const [ending, problem] = endingByError(error, `jobs of vault ${first.vault.name}`, options.patience);
		const outcome = (item) => ({
			job: jobless(item, target),
			ending,
			problem,
			seenAt: now,
			observed: []
		});
		return {
			references: [],
			outcomes: items.map(outcome)
		};
	}
}
async function listSince({ vault }, from, target, options) {
	const filter = {
		from,
		to: options.patience.clock.date() + hour
	};
	const { jobs } = await listJobs(options.resourceManager, vault, filter);
	const word = target.operation.toLowerCase();
	return jobs.filter((job) => operationWord(job.operation) === word);
}
function operationWord(operation) {
	return (operation.split("(")[0] ?? "").trim().toLowerCase();
}
function ownersOf(jobs, everyone) {
	return new Map(jobs.map((job) => [job, everyone.filter((item) => isJobOf(job, item))]));
}
function newestOf(all, item, counts = (_job) => true) {
	let newest;
	for (const [job, owners] of all) {
		if (!owners.includes(item) || !counts(job)) continue;
		if ((job.startTime ?? 0) > (newest?.startTime ?? -1)) newest = job;
	}
	return newest;
}
function jobless(item, { operation }) {
	return {
		...unreadJob({
			id: "",
			vault: item.vault
		}),
		item: item.name,
		operation
	};
}
function nobodys(item, job, owners, target, now) {
	const message = `The newest ${target.operation} job that may be of ${item.name} is ${job.id} ("${job.item}"), which fits ${owners.length} items of vault ${item.vault.name}: ${listed(tellingNames(owners))}. It does not tell which of them it is of, so it counts for none. Follow it by operation-url or job-id instead.`;
	return {
		job: jobless(item, target),
		ending: "error",
		problem: {
			code: "",
			message
		},
		seenAt: now,
		observed: []
	};
}
function notFresh(item, all, target, now) {
	const own = (job) => all.get(job)?.length === 1;
	const newest = newestOf(all, item, own);
	const good = newestOf(all, item, (job) => own(job) && hasEnded(job) && job.status.startsWith("Completed"));
	const age = (job) => `${forPeople((now - (job.startTime ?? now)) / 1e3)} ago`;
	const lastGood = good === void 0 ? `No good one is known of the last ${mostHours / 24} days.` : `The last good one started ${age(good)} (job ${good.id}).`;
	const wanted = target.maxAgeHours === void 0 ? "" : ` within ${target.maxAgeHours} h`;
	const found = newest === void 0 ? "" : ` The newest, ${newest.status}, started ${age(newest)}.`;
	const message = `No ${target.operation} job of ${item.name} started${wanted}.${found} ${lastGood}`;
	return {
		job: newest === void 0 ? jobless(item, target) : {
			...newest,
			vault: item.vault
		},
		ending: target.maxAgeHours === void 0 ? "error" : "not-fresh",
		problem: {
			code: "",
			message
		},
		seenAt: now,
		observed: []
	};
}
// build/azure/read-operation.js
function operationReader(target, resourceManager, log) {
	const know = knownStatus(target.id, log);
	let byResult = target.isResult;
	let urls = [target.url];
	let refusal;
	return async () => {
		if (byResult) {
			const result = await readResult(target, resourceManager);
			if (result !== void 0 && !(result instanceof RefusedError)) return result;
			refusal = result;
			byResult = false;
			urls = statusUrls(target, resourceManager.origin);
		}
		try {
			const { url, operation, answer } = await readStatus(urls, target, resourceManager);
			urls = [url];
			return {
				operation: withRefusal(know(operation), refusal),
				answer
			};
		} catch (error) {
			throw error instanceof RefusedError ? refusal ?? error : error;
		}
	};
}
async function readResult({ url, id }, resourceManager) {
	try {
		const answer = await resourceManager.read({
			url,
			what: {
				kind: "operation",
				name: id
			},
			mayBeEmpty: true
		});
		const operation = readOperation(answer.body);
		if (answer.status === 202 || operation.status === "InProgress") return {
			operation: {
				...operation,
				status: "InProgress"
			},
			answer
		};
		return operation.jobIds.length > 0 ? {
			operation: {
				...operation,
				status: "Succeeded"
			},
			answer
		} : void 0;
	} catch (error) {
		if (!(error instanceof RefusedError) || error.status < 400 || [
			401,
			403,
			404
		].includes(error.status)) throw error;
		return error;
	}
}
async function readStatus(urls, { id }, resourceManager) {
	for (const [index, url] of urls.entries()) try {
		const answer = await resourceManager.read({
			url,
			what: {
				kind: "operation",
				name: id
			}
		});
		return {
			url,
			operation: readOperation(answer.body),
			answer
		};
	} catch (error) {
		if (!(error instanceof RefusedError && error.status === 404) || index === urls.length - 1) throw error;
	}
	throw new Error(`There is no URL to read operation ${id} by.`);
}
function knownStatus(id, log) {
	let warned = false;
	return (operation) => {
		if (operation.status === "" && operation.jobIds.length > 0) return {
			...operation,
			status: "Succeeded"
		};
		if (!warned && !isKnownOperationStatus(operation.status)) {
			warned = true;
			log.warning(`Operation ${id} has the status "${(0,proxy.c)((0,proxy.a)(operation.status, 100))}", which this action does not know. It counts as running, never as success.`, "Unknown operation status");
		}
		return operation;
	};
}
function withRefusal(operation, refusal) {
	if (refusal === void 0 || !operationEnded(operation)) return operation;
	if (operation.status !== "Succeeded") {
		const errors = operation.errors.length > 0 ? operation.errors : operationError(fields(refusal.body).error);
		return {
			...operation,
			errors
		};
	}
	if (operation.jobIds.length === 0) throw refusal;
	return operation;
}
// build/wait/operation.js
async function followOperation(target, options) {
	const { patience, waitFor, watcher } = options;
	const watchedFrom = patience.clock.now();
	const read = operationReader(target, options.resourceManager, options.log);
	let facts = unreadJob({
		id: "",
		vault: target.vault
	});
	let seenAt = patience.clock.date();
	const outcome = (job, ending, problem) => ({
		job,
		ending,
		problem,
		seenAt,
		observed: []
	});
	const end = (ending, problem) => ({
		references: [],
		outcomes: [outcome(facts, ending, problem)]
	});
	try {
		for (;;) {
			const { operation, answer } = await read();
			facts = operationFacts(operation, target);
			seenAt = answer.serviceTime;
			watcher.operationRead(facts, seenAt, target.id);
			if (operationEnded(operation)) return resultOf(operation, target, outcome);
			if (waitFor === "none") return end("looked");
			if (await waitForNextLook(options, {
				age: (patience.clock.now() - watchedFrom) / 1e3,
				answer,
				byPost: false,
				random: patience.random()
			}) === void 0) return end("timed-out");
		}
	} catch (error) {
		return end(...endingByError(error, `operation ${target.id}`, patience));
	}
}
function resultOf(operation, target, outcome) {
	const facts = operationFacts(operation, target);
	const started = operation.jobIds.map((id) => startedJob(id, target));
	const references = started.filter((job) => job.vault !== void 0 && isJobName(job.id));
	const lost = started.filter((job) => !references.some((reference) => reference === job));
	const outcomes = [...operation.failedJobs.map(({ item, error }) => outcome({
		...facts,
		item,
		status: "Failed",
		errors: [error]
	}, "ended")), ...lost.map(({ id }) => isJobName(id) ? outcome({
		...facts,
		id
	}, "error", {
		code: "",
		message: `The operation started job ${id} but does not say in which vault; set resource-group and vault-name too.`
	}) : outcome(facts, "error", {
		code: "",
		message: `The operation started a job and calls it "${id.slice(0, 100)}", which is not a job's name.`
	}))];
	return {
		references,
		outcomes: operation.status !== "Succeeded" || operation.errors.length > 0 || started.length + outcomes.length === 0 ? [outcome(facts, "ended"), ...outcomes] : outcomes
	};
}
// build/wait/phases.js
function observePhases(before, job, now) {
	const first = before.length === 0;
	return job.phases.map(({ name, status, startTime, endTime }, index) => {
		const known = before.find((phase) => phase.name === name);
		const running = status === "InProgress";
		const waiting = status === "NotStarted" || status === "";
		const begun = first && index === 0 ? job.startTime : Math.min(now, endTime ?? job.endTime ?? now);
		const startedAt = startTime ?? known?.startedAt ?? (running || !waiting && known !== void 0 ? begun : void 0);
		return {
			name,
			status,
			startedAt,
			endedAt: !running && !waiting ? endTime ?? known?.endedAt ?? (startedAt === void 0 ? void 0 : job.endTime ?? now) : void 0
		};
	});
}
// build/azure/recovery-points.js
const slack = {
	before: 3e4,
	after: 12e4
};
const mostPages = 100;
async function itemOfJob(resourceManager, job, reference) {
	if (reference.item !== void 0) return reference.item;
	if (job.instanceId !== "") return job.instanceId;
	const [item, ...others] = (await findItems(resourceManager, reference.vault.subscriptionId, reference.vault)).filter((one) => isJobOf(job, one));
	return others.length === 0 ? item?.id : void 0;
}
async function findRecoveryPoint(resourceManager, job, item, until) {
	const from = (job.startTime ?? until) - slack.before;
	const to = until + slack.after;
	let url = pointsUrl(resourceManager.origin, item, from, to);
	for (let page = 1; page <= mostPages; page += 1) {
		const { body } = await resourceManager.read({
			url,
			what: {
				kind: "recovery-points",
				name: item.split("/").at(-1) ?? ""
			}
		});
		const points = list(fields(body).value).filter(isFields).flatMap(readPoint);
		const found = job.recoveryPointId === "" ? newestWithin(points, from, to) : points.find(isOf(job))?.point;
		if (found !== void 0) return found;
		const next = verbatim(fields(body).nextLink);
		if (!URL.canParse(next)) return void 0;
		url = new URL(next);
	}
}
function pointsUrl(origin, item, from, to) {
	const isInstance = /\/backupInstances\//i.test(item);
	const url = withVersion(`${pathOfId(item)}/recoveryPoints`, origin, isInstance ? apiVersions.backupVault : apiVersions.recoveryServices);
	if (!isInstance) url.searchParams.set("$filter", `startDate eq '${listDate(from)}' and endDate eq '${listDate(to)}'`);
	return url;
}
function newestWithin(points, from, to) {
	return points.map(({ point }) => point).filter(({ time }) => time >= from && time <= to).sort((one, other) => other.time - one.time)[0];
}
function isOf({ recoveryPointId }) {
	const bare = (id) => id.replaceAll("-", "").toLowerCase();
	return ({ ids }) => ids.some((id) => bare(id) === bare(recoveryPointId));
}
function readPoint(point) {
	const properties = fields(point.properties);
	const at = time(properties.recoveryPointTime) ?? time(properties.recoveryPointTimeInUTC);
	const ids = [main_text(properties.recoveryPointId), main_text(point.name)].filter((one) => one !== "");
	const [id = ""] = ids;
	if (at === void 0 || id === "") return [];
	const kind = main_text(properties.recoveryPointType) || main_text(properties.type);
	const tiers = [...list(properties.recoveryPointTierDetails), ...list(properties.recoveryPointDataStoresDetails)].map((tier) => main_text(fields(tier).type)).filter((tier) => tier !== "");
	return [{
		point: {
			id,
			time: at,
			type: tiers.length === 0 ? kind : `${kind} (${tiers.join(", ")})`.trim()
		},
		ids
	}];
}
// build/wait/recovery-point.js
const patienceForPoint = 6e5;
async function verifyRecoveryPoint(outcome, options) {
	const { job, reference, seenAt } = outcome;
	const { resourceManager, patience, waitFor, log } = options;
	const conclusion = conclude(outcome);
	if (conclusion !== "success" && conclusion !== "warning") return outcome;
	if (reference === void 0 || !/^backup\b/i.test(job.operation)) {
		log.notice(whyNot(outcome), "No recovery point is verified");
		return outcome;
	}
	const end = job.endTime ?? seenAt;
	const left = Math.max(0, patienceForPoint - Math.max(0, seenAt - end));
	const deadline = Math.min(patience.deadline, patience.clock.now() + left);
	const over = (state, problem) => ({
		...outcome,
		verification: {
			state,
			problem
		}
	});
	try {
		const item = await itemOfJob(resourceManager, job, reference);
		if (item === void 0) return over("error", {
			code: "",
			message: `Which item job ${job.id} backed up cannot be told by its name; give the operation-url, or protected-item.`
		});
		for (;;) {
			const recoveryPoint = await findRecoveryPoint(resourceManager, job, item, end);
			if (recoveryPoint !== void 0) return {
				...over("verified"),
				recoveryPoint
			};
			if (waitFor === "none" && left > 0) return over("looked");
			if (!await pauseWithin({
				...patience,
				deadline
			}, 15 + 5 * patience.random(), 0)) break;
		}
		return over("missing", {
			code: "",
			message: `Job ${job.id} made no recovery point that the vault shows: ${missing(job)} ten minutes after it, or by the deadline.`
		});
	} catch (error) {
		return over(...endingByError(error, "recovery points", patience));
	}
}
function missing({ recoveryPointId }) {
	return recoveryPointId === "" ? "none within the job's time was there" : `${recoveryPointId}, which the job names, was not there`;
}
function whyNot({ job }) {
	if (job.id === "") return "The operation started no job, so there is no recovery point to verify.";
	const word = job.operation === "" ? "it does not tell its operation" : `its operation is "${(0,proxy.c)((0,proxy.a)(job.operation, 100))}"`;
	return `Job ${job.id} is no backup (${word}), so no recovery point is verified.`;
}
// build/wait/wait.js
async function followAll(targets, options) {
	const known = targets.flatMap((target) => target.kind === "job" ? [target.reference] : []);
	if (known.length > 0) options.found(known);
	const fresh = eachJobOnce();
	return (await Promise.all(targets.map((target) => follow(target, fresh, options)))).flat();
}
function eachJobOnce() {
	const followed = new Set();
	return (references) => references.filter((reference) => {
		const key = jobKey(reference);
		if (followed.has(key)) return false;
		followed.add(key);
		return true;
	});
}
async function follow(target, fresh, options) {
	if (target.kind === "job") return await Promise.all(fresh([target.reference]).map((one) => followToEnd(one, options)));
	const { references: all, outcomes } = await (target.kind === "items" ? findNewestJobs(target, options) : followOperation(target, options));
	const references = fresh(all);
	if (references.length > 0) options.found(references);
	return [...await Promise.all(references.map((reference) => followToEnd(reference, options))), ...await Promise.all(outcomes.map((outcome) => verified(outcome, options)))];
}
async function followToEnd(reference, options) {
	return await verified(await followJob(reference, options), options);
}
async function verified(outcome, options) {
	return options.verifyRecoveryPoint ? await verifyRecoveryPoint(outcome, options) : outcome;
}
async function followJob(reference, options) {
	const { jobs, patience, watcher, log } = options;
	const watchedFrom = patience.clock.now();
	const advise = adviser(reference, options);
	const leave = jobs.enter(reference);
	let job = unreadJob(reference);
	let seenAt = patience.clock.date();
	let observed = [];
	let pause = 0;
	const end = (ending, problem) => ({
		job,
		reference,
		ending,
		problem,
		seenAt,
		observed
	});
	try {
		for (;;) {
			const { answer, round, warning, ...reading } = await jobs.read(reference, pause);
			job = reading.job;
			if (warning !== void 0) log.warning((0,proxy.c)(warning), "Jobs are read one by one");
			seenAt = answer.serviceTime;
			observed = observePhases(observed, job, seenAt);
			watcher.jobRead(job, seenAt);
			const ending = endingOf(job, options.waitFor);
			advise(job, ending);
			if (ending !== void 0) return end(ending);
			const watched = (patience.clock.now() - watchedFrom) / 1e3;
			const rested = await waitForNextLook(options, {
				age: round?.age ?? Math.max(watched, elapsedSeconds(job, seenAt) ?? 0),
				answer,
				byPost: readsByPost(reference),
				random: round?.random ?? patience.random()
			});
			if (rested === void 0) return end("timed-out");
			pause = rested;
		}
	} catch (error) {
		return end(...endingByError(error, `job ${reference.id}`, patience));
	} finally {
		leave();
	}
}
function endingOf(job, waitFor) {
	if (hasEnded(job)) return "ended";
	if (waitFor === "none") return "looked";
	return waitFor === "snapshot" && job.status === "InProgress" && snapshotCompleted(job) ? "snapshot" : void 0;
}
function adviser(reference, { log, waitFor }) {
	let warned = false;
	let reads = 0;
	let noticed = waitFor !== "snapshot";
	return (job, ending) => {
		reads += 1;
		if (!warned && !isKnownStatus(job.status)) {
			warned = true;
			log.warning(`Job ${reference.id} has the status "${(0,proxy.c)((0,proxy.a)(job.status, 100))}", which this action does not know. It counts as running, never as success.`, "Unknown job status");
		}
		if (!noticed && snapshotPhases(job).length === 0 && (reads > 1 || ending !== void 0 || job.phases.length > 0)) {
			noticed = true;
			log.notice(`Job ${reference.id} has no snapshot phase (it is no VM backup), so it is waited for to its end.`, "No snapshot to wait for");
		}
	};
}
// build/main.js
const lastMoments = {
	cancellation: 5e3,
	comment: 2e3
};
const cancellationLimit = 6e4;
const mostLines = 20;
async function start() {
	tuneEngine();
	outliveLog();
	const stop = stopOnSignals();
	await run(stop);
	const exit = () => void flushLog().then(() => process.exit());
	if (stop.aborted) exit();
	else setTimeout(exit, 300).unref();
}
async function run(stop, surroundings = machine) {
	const { env } = surroundings;
	let inputs;
	let session;
	let outcomes;
	try {
		inputs = readInputs((name) => getInput(name), env);
		for (const secret of [inputs.credential.clientSecret, inputs.gitHubToken]) if (secret !== "") setSecret(secret);
		session = openSession(inputs, stop, surroundings);
		outcomes = worstFirst(await followAll(inputs.targets, session.options));
	} catch (error) {
		outcomes = failed(error, inputs, surroundings);
	}
	await report(outcomes, inputs, session?.statistics(), surroundings);
	if (inputs !== void 0) {
		const commented = comment(outcomes, inputs, stop, surroundings);
		if (session === void 0 || await cancelLeft(outcomes, inputs.cancelJob, session, stop)) saveEnded();
		await commented;
	} else saveEnded();
	await session?.close();
}
async function cleanUp(surroundings = machine) {
	const { env, log } = surroundings;
	const references = leftRunning();
	if (references.length === 0) return;
	try {
		const inputs = readInputs((name) => getInput(name), env);
		if (!cancelsOn("stopped", inputs.cancelJob)) return;
		const session = openSession({
			...inputs,
			timeoutMinutes: 1
		}, new AbortController().signal, surroundings);
		await cancelJobs(references, cancelOptions(session, 3e4));
		await session.close();
	} catch (error) {
		log.warning(`Jobs that this step waited for were not cancelled: ${(0,proxy.g)(error)}`);
	}
}
async function cancelLeft(outcomes, when, session, stop) {
	return await cancelJobs(outcomes.filter((outcome) => !hasEnded(outcome.job) && cancelsOn(lastEnding(outcome), when)).map(({ reference }) => reference).filter((one) => one !== void 0), cancelOptions(session, stop.aborted ? lastMoments.cancellation : cancellationLimit));
}
function cancelOptions({ options: { resourceManager, patience, log } }, limit) {
	return {
		resourceManager,
		log,
		clock: patience.clock,
		random: patience.random,
		limit
	};
}
function cancelsOn(ending, when) {
	if (ending === "timed-out") return when === "on-timeout" || when === "always";
	return ending === "stopped" && (when === "on-cancel" || when === "always");
}
async function report(outcomes, inputs, statistics, { env, log }) {
	const portal = inputs?.cloud.portal ?? "";
	const failOn = inputs?.failOn ?? "failure";
	if (outcomes.some((outcome) => fails(outcome, failOn))) process.exitCode = ExitCode.Failure;
	setOutputs(outputsOf(outcomes, portal), log);
	for (const line of verdictLines(outcomes)) log.info(line);
	annotate(outcomes, failOn, log);
	if (inputs?.summary ?? getInput("summary").toLowerCase() !== "false") await writeSummary(summaryOf(outcomes, {
		portal,
		failOn,
		statistics,
		runUrl: runUrlOf(env)
	}), log);
}
function setOutputs(outputs, log) {
	try {
		for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
	} catch (error) {
		process.exitCode = ExitCode.Failure;
		log.error(`The outputs could not be set: ${(0,proxy.g)(error)}`);
	}
}
async function comment(outcomes, inputs, stop, { env, log, clock }) {
	const { commentInPr: mode, gitHubToken: token, commentKey: key, failOn, cloud } = inputs;
	const limit = stop.aborted ? { limit: lastMoments.comment } : {};
	await commentInPullRequest(outcomes, {
		mode,
		token,
		key,
		failOn,
		portal: cloud.portal,
		env,
		log,
		clock,
		...limit
	});
}
function verdictLines(outcomes) {
	if (outcomes.length <= mostLines) return outcomes.map(verdictLine);
	const told = outcomes.filter((outcome) => conclude(outcome) !== "success").slice(0, mostLines);
	return [headline(outcomes), ...told.map(verdictLine)];
}
async function writeSummary(markdown, log) {
	try {
		await summary.addRaw(markdown).write();
	} catch (error) {
		log.warning(`The job summary could not be written: ${(0,proxy.g)(error)}`);
	}
}
function failed(error, inputs, { clock, log }) {
	const expected = [
		proxy.d,
		proxy.u,
		proxy.m
	].some((kind) => error instanceof kind);
	if (!expected && error instanceof Error) log.debug(error.stack ?? error.message);
	const end = {
		ending: "error",
		problem: expected ? {
			code: "",
			message: (0,proxy.g)(error)
		} : {
			code: "",
			message: `This action failed, which says nothing of the job: ${(0,proxy.g)(error)}. Please report it with the log of a run that has debug logging.`
		},
		seenAt: clock.date(),
		observed: []
	};
	const references = (inputs?.targets ?? []).flatMap((target) => target.kind === "job" ? [target.reference] : []);
	if (references.length === 0) return [{
		...end,
		job: unreadJob({
			id: "",
			vault: void 0
		}),
		observed: []
	}];
	return references.map((reference) => ({
		...end,
		job: unreadJob(reference),
		reference,
		observed: []
	}));
}


var __webpack_exports__cleanUp = __webpack_exports__.nY;
var __webpack_exports__run = __webpack_exports__.eF;
var __webpack_exports__start = __webpack_exports__.ni;
export { __webpack_exports__cleanUp as cleanUp, __webpack_exports__run as run, __webpack_exports__start as start };
