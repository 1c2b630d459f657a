export const id = 572;
export const ids = [572];
export const modules = {

/***/ 572:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createDispatcher: () => (/* binding */ createDispatcher),
/* harmony export */   retryInterceptor: () => (/* binding */ retryInterceptor)
/* harmony export */ });
/* harmony import */ var _undici_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(181);

// build/azure/http/dispatcher.js
var import_undici = (0,_undici_js__WEBPACK_IMPORTED_MODULE_0__.t)();
const { retry: retryInterceptor } = import_undici.interceptors;
const connections = 8;
const keepAliveTimeout = 9e4;
function createDispatcher(limit) {
	const limits = {
		headersTimeout: limit,
		bodyTimeout: limit,
		connect: { timeout: limit },
		connections,
		keepAliveTimeout,
		allowH2: false
	};
	if (![
		"https_proxy",
		"HTTPS_PROXY",
		"http_proxy",
		"HTTP_PROXY"
	].some((name) => process.env[name])) return new import_undici.Agent(limits);
	const clientFactory = (origin, options) => new import_undici.Pool(origin, {
		...options,
		headersTimeout: limit
	});
	return new import_undici.EnvHttpProxyAgent({
		...limits,
		connectTimeout: limit,
		clientFactory
	});
}



/***/ })

};
