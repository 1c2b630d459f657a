@"%AZ_STAND_IN_NODE%" "%~dp0az.mjs" %*
