// Parts of texts: by position, by separator, padded to a length.
#include "core/sql/eval/kernels.h"
#include "core/sql/functions/characters.h"
#include "core/sql/functions/families.h"
#include "core/sql/functions/search.h"
#include "core/sql/functions/signatures.h"

namespace rw::sql {

namespace {

constexpr std::int32_t kLongestPadded = 16 << 20;  ///< characters

std::string_view characters(std::string_view text, std::int64_t from, std::int64_t count) {
    const std::size_t begin = offsetOfCharacter(text, from);
    return text.substr(begin, offsetOfCharacter(text.substr(begin), count));
}

/// Flink's rules: positions count from 1, negative ones from the end, 0 is 1; a start before the text gives
/// nothing.
std::string_view substring(std::string_view text, std::int32_t position, std::int64_t length) {
    std::int64_t start = position > 0 ? std::int64_t{position} - 1 : 0;
    if (position < 0) {
        start = characterCount(text) + position;
        if (start < 0) return {};
    }
    return characters(text, start, length);
}

Vector evaluateSubstring(const CallArgs& call) {
    if (call.args.size() == 2) {
        return mapPart<std::int32_t>(call, [](std::string_view text, std::int32_t position) {
            return substring(text, position, static_cast<std::int64_t>(text.size()));
        });
    }
    return mapText<std::string_view, std::int32_t, std::int32_t>(
        call,
        [](std::string& out, std::string_view text, std::int32_t position, std::int32_t length) {
            if (length < 0) return Made::Null;
            out.append(substring(text, position, length));
            return Made::Value;
        },
        [](std::string_view, std::int32_t, std::int32_t) { return Text{}; });
}

Vector evaluateLeft(const CallArgs& call) {
    return mapPart<std::int32_t>(call, [](std::string_view text, std::int32_t count) {
        return count <= 0 ? std::string_view() : characters(text, 0, count);
    });
}

Vector evaluateRight(const CallArgs& call) {
    return mapPart<std::int32_t>(call, [](std::string_view text, std::int32_t count) {
        if (count <= 0) return std::string_view();
        return text.substr(offsetOfCharacter(text, characterCount(text) - count));
    });
}

/// The padding of a text to `length` characters: the pad again and again, cut where it is enough. False when
/// that is longer than `longest` bytes.
bool appendPadding(std::string& out, std::string_view pad, std::int64_t length, std::size_t longest) {
    const std::int64_t each = std::max<std::int64_t>(characterCount(pad), 1);  // 0 for broken UTF-8
    for (; length >= each; length -= each) {
        if (out.size() + pad.size() > longest) return false;
        out.append(pad);
    }
    out.append(characters(pad, 0, length));
    return true;
}

template <bool Left>
Vector evaluatePad(const CallArgs& call) {
    return mapText<std::string_view, std::int32_t, std::string_view>(
        call,
        [longest = call.work.longestText()](std::string& out, std::string_view text, std::int32_t length,
                                            std::string_view pad) {
            if (length < 0 || pad.empty()) return Made::Null;
            if (length > kLongestPadded) return Made::Error;
            const std::int64_t missing = length - characterCount(text);
            if (missing <= 0) {
                out.append(characters(text, 0, length));
                return Made::Value;
            }
            if (Left && !appendPadding(out, pad, missing, longest)) return Made::Error;
            out.append(text);
            if (!Left && !appendPadding(out, pad, missing, longest)) return Made::Error;
            return Made::Value;
        },
        [](std::string_view, std::int32_t, std::string_view) {
            return RW_TEXT("sql", "A text can't be padded to more than 16 777 216 characters.");
        });
}

/// Part `index` of the text cut at every separator, counted from 0. An empty text has no parts; an empty
/// separator cuts at blanks, which are Java's.
bool splitIndex(std::string_view& part, std::string_view text, std::string_view separator,
                std::int32_t index) {
    if (index < 0 || text.empty()) return false;
    constexpr std::string_view kBlanks = " \t\n\v\f\r\x1c\x1d\x1e\x1f";
    for (;; --index) {
        const std::size_t end = separator.empty() ? text.find_first_of(kBlanks) : findText(text, separator);
        if (index == 0) {
            part = text.substr(0, end);
            return true;
        }
        if (end == std::string_view::npos) return false;
        text.remove_prefix(end + std::max<std::size_t>(separator.size(), 1));
    }
}

Vector evaluateSplitIndex(const CallArgs& call) {
    return mapText<std::string_view, std::string_view, std::int32_t>(
        call,
        [](std::string& out, std::string_view text, std::string_view separator, std::int32_t index) {
            std::string_view part;
            if (!splitIndex(part, text, separator, index)) return Made::Null;
            out.append(part);
            return Made::Value;
        },
        [](std::string_view, std::string_view, std::int32_t) { return Text{}; });
}

}  // namespace

void addPartFunctions(std::vector<ScalarFunction>& functions) {
    const Type text = stringType(), number = intType();
    functions.push_back(
        {"SUBSTRING", "SUBSTRING(s, from [, length])",
         RW_TEXT("sql", "A part of the text; positions count from 1, negative ones from the end."), "text", 2,
         3, accepts("SUBSTRING", {text, number, number}, text), evaluateSubstring});
    functions.push_back({"LEFT", "LEFT(s, n)", RW_TEXT("sql", "The first n characters."), "text", 2, 2,
                         accepts("LEFT", {text, number}, text), evaluateLeft});
    functions.push_back({"RIGHT", "RIGHT(s, n)", RW_TEXT("sql", "The last n characters."), "text", 2, 2,
                         accepts("RIGHT", {text, number}, text), evaluateRight});
    functions.push_back({"LPAD", "LPAD(s, length, pad)",
                         RW_TEXT("sql", "The text filled up at its beginning, or cut, to a length."), "text",
                         3, 3, accepts("LPAD", {text, number, text}, text), evaluatePad<true>, true});
    functions.push_back({"RPAD", "RPAD(s, length, pad)",
                         RW_TEXT("sql", "The text filled up at its end, or cut, to a length."), "text", 3, 3,
                         accepts("RPAD", {text, number, text}, text), evaluatePad<false>, true});
    functions.push_back(
        {"SPLIT_INDEX", "SPLIT_INDEX(s, separator, n)",
         RW_TEXT("sql", "Part n, from 0, of the text cut at a separator; NULL when there is none."), "text",
         3, 3, accepts("SPLIT_INDEX", {text, text, number}, text), evaluateSplitIndex});
}

}  // namespace rw::sql
