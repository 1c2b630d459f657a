export const id = 572;
export const ids = [572];
export const modules = {

/***/ 572:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createDispatcher: () => (/* binding */ createDispatcher)
/* harmony export */ });
/* harmony import */ var _undici_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(181);
/* harmony import */ var _proxy_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(829);


// build/azure/http/dispatcher.js
var import_undici = (0,_undici_js__WEBPACK_IMPORTED_MODULE_0__.t)();
const connections = 8;
const limit = 3e4;
const keepAliveTimeout = 9e4;
const maxResponseSize = 16 * 1024 ** 2;
function createDispatcher() {
	const limits = {
		headersTimeout: limit,
		bodyTimeout: limit,
		connect: { timeout: limit },
		connections,
		keepAliveTimeout,
		maxResponseSize,
		allowH2: false
	};
	if (!_proxy_js__WEBPACK_IMPORTED_MODULE_1__.i.some((name) => process.env[name])) return new import_undici.Agent(limits);
	const clientFactory = (origin, options) => {
		const pool = new import_undici.Pool(origin, {
			...options,
			headersTimeout: limit
		});
		const connect = pool.connect.bind(pool);
		const checked = async (request) => {
			const answer = await connect(request);
			if (answer.statusCode === 200) return answer;
			answer.socket.on("error", () => {}).destroy();
			throw new _proxy_js__WEBPACK_IMPORTED_MODULE_1__.c(answer.statusCode);
		};
		return Object.assign(pool, { connect: checked });
	};
	return new import_undici.EnvHttpProxyAgent({
		...limits,
		connectTimeout: limit,
		clientFactory
	});
}



/***/ })

};
