// Change events of Debezium.
#include "tests/fuzz/fuzzing.h"

using namespace rw;

std::vector<std::string> rw::fuzz::seeds() {
    return {
        "{\"before\":null,\"after\":{\"id\":1,\"name\":\"a\",\"in\":{\"x\":2}},\"op\":\"c\"}\x1e"
        "{\"before\":{\"id\":1},\"after\":{\"id\":1,\"name\":\"b\"},\"op\":\"u\"}\x1e"
        "{\"before\":{\"id\":1,\"name\":\"b\"},\"after\":null,\"op\":\"d\"}",
        R"({"schema":{"op":"x"},"payload":{"before":null,"after":{"id":"7"},"op":"r"}})",
        "{\"op\":\"t\"}\x1e{\"op\":\"u\",\"after\":{}}\x1e{\"payload\":7,\"op\":\"d\",\"before\":{}}"};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const MessageFormat kFormat = fuzz::formatWith(
        FormatKind::Debezium, {"id INT", "name STRING", "k STRING FROM KEY", "x BIGINT FROM '$.in.x'"});
    fuzz::decodeAll(kFormat, {reinterpret_cast<const char*>(bytes), size});
    return 0;
}
