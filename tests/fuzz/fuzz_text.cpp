// Messages of text.
#include "tests/fuzz/fuzzing.h"

using namespace rw;

std::vector<std::string> rw::fuzz::seeds() {
    return {"a line\x1e\x1eé\x1e\xff\xfe", std::string("a\0b", 3), "a longer text than twelve\x1e\xe4\xbd"};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const MessageFormat kFormat =
        fuzz::formatWith(FormatKind::Text, {"k STRING FROM KEY", "line STRING"});
    fuzz::decodeAll(kFormat, {reinterpret_cast<const char*>(bytes), size});
    return 0;
}
