// Functions of texts. Positions and lengths count characters (code points), not bytes.
#include "core/sql/families.h"
#include "core/sql/kernels.h"
#include "core/sql/signatures.h"

namespace rw::sql {

namespace {

Vector evaluateJoin(const CallArgs& call) {
    return mapText<std::string_view, std::string_view>(
        call, [](std::string& out, std::string_view a, std::string_view b) { out.append(a).append(b); });
}

std::int32_t characterCount(std::string_view text) {
    std::int32_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    return count;
}

Vector evaluateLength(const CallArgs& call) {
    return map<std::int32_t, std::string_view>(call, characterCount);
}

}  // namespace

void addTextFunctions(std::vector<ScalarFunction>& functions) {
    functions.push_back({"||", "a || b", RW_TEXT("sql", "Two texts, one after the other."), "operator", 2, 2,
                         takesMany("||", stringType(), stringType()), evaluateJoin});
    functions.push_back({"CHAR_LENGTH", "CHAR_LENGTH(s)", RW_TEXT("sql", "How many characters a text has."),
                         "text", 1, 1, takes("CHAR_LENGTH", {stringType()}, intType()), evaluateLength});
}

}  // namespace rw::sql
