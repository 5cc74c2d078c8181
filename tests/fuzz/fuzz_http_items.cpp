// Bodies of answers over HTTP, behind a path and a kEnd: any bytes are split into messages, or refused.
#include <algorithm>

#include "core/connect/web/http_items.h"
#include "core/sql/functions/json_elements.h"
#include "tests/fuzz/fuzzing.h"

using namespace rw;

std::vector<std::string> rw::fuzz::seeds() {
    return {"$.data[*]\x1e{\"n\":[1,2],\"data\":[{\"a\":\"],}\"},17,\"\\u0061\",null]}",
            "$[*]\x1e[1,[2],{\"a\":{}}]", "$.a[1].b\x1e{\"a\":[0,{\"b\":\"\\\"\"}]}",
            "\x1e"
            "a,b\r\n1,2\n\n3"};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(bytes), size);
    const std::size_t end = std::min(input.find(fuzz::kEnd), input.size());
    const std::string_view body = input.substr(std::min(end + 1, size));
    std::optional<HttpItems> items = parseHttpItems(input.substr(0, end));
    if (!items) {
        items.emplace();
        items->kind = HttpItems::Kind::Lines;
    }
    const bool isJson = items->kind == HttpItems::Kind::InJson;
    const bool read = eachItem(*items, body, [&](std::string_view item) {
        fuzz::require(body.empty() || (item.data() >= body.data() &&
                                       item.data() + item.size() <= body.data() + body.size()),
                      "a message is a part of the body");
        if (isJson) fuzz::require(sql::isJson(item), "a message is JSON");
    });
    fuzz::require(read || isJson, "lines are never refused");
    return 0;
}
