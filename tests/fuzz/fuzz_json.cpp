// Messages of JSON.
#include "tests/fuzz/fuzzing.h"

using namespace rw;

std::vector<std::string> rw::fuzz::seeds() {
    return {R"({"a":7,"b":"text","c":12.50,"d":{"x":[1,{"y":"z"}]},"e":true,"t":"2024-03-01 12:00:00.123"})",
            "{\"b\":\"\\u0041\\n\\\"\",\"a\":null}\x1e[1]\x1e{}\x1e{\"a\":1",
            R"({"a":99999999999,"c":"1e400","e":"TRUE","x":1.7976931348623157e308,"d":{"x":[{},[],""]}})",
            std::string(300, '[') + std::string(300, ']'),
            R"({"d":)" + std::string(200, '[') + std::string(200, ']') + "}"};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const MessageFormat kFormat = fuzz::formatWith(
        FormatKind::JsonObjects, {"k STRING FROM KEY", "raw BYTES FROM KEY", "bin BYTES FROM '$.b'", "a INT",
                                  "b STRING", "c DECIMAL(10,2)", "d STRING", "e BOOLEAN", "t TIMESTAMP(3)",
                                  "x DOUBLE", "y STRING FROM '$.d.x[1].y'", "day DATE FROM '$.t'"});
    fuzz::decodeAll(kFormat, {reinterpret_cast<const char*>(bytes), size});
    return 0;
}
