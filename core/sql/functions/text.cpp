// Functions of texts. Positions and lengths count characters (code points), not bytes.
#include <unordered_set>

#include "core/sql/eval/kernels.h"
#include "core/sql/functions/characters.h"
#include "core/sql/functions/families.h"
#include "core/sql/functions/search.h"
#include "core/sql/functions/signatures.h"

namespace rw::sql {

namespace {

Vector evaluateJoin(const CallArgs& call) {
    return mapText<std::string_view, std::string_view>(
        call,
        [longest = call.work.longestText()](std::string& out, std::string_view a, std::string_view b) {
            if (a.size() + b.size() > longest) return Made::Error;
            out.append(a).append(b);
            return Made::Value;
        },
        [](std::string_view, std::string_view) { return tooLong(); });
}

Vector evaluateLength(const CallArgs& call) {
    return map<std::int32_t, std::string_view>(
        call, [](std::string_view text) { return static_cast<std::int32_t>(characterCount(text)); });
}

Vector evaluateUpper(const CallArgs& call) {
    return mapText<std::string_view>(call,
                                     [](std::string& out, std::string_view text) { appendUpper(out, text); });
}

Vector evaluateLower(const CallArgs& call) {
    return mapText<std::string_view>(call,
                                     [](std::string& out, std::string_view text) { appendLower(out, text); });
}

Vector evaluateInitCap(const CallArgs& call) {
    return mapText<std::string_view>(
        call, [](std::string& out, std::string_view text) { appendInitCap(out, text); });
}

Vector evaluateReverse(const CallArgs& call) {
    return mapText<std::string_view>(call, [](std::string& out, std::string_view text) {
        for (std::size_t end = text.size(); end > 0;) {
            std::size_t begin = end - 1;
            while (begin > 0 && continuesCharacter(text[begin])) --begin;
            out.append(text.substr(begin, end - begin));
            end = begin;
        }
    });
}

Vector evaluateRepeat(const CallArgs& call) {
    return mapText<std::string_view, std::int32_t>(
        call,
        [longest = call.work.longestText()](std::string& out, std::string_view text, std::int32_t times) {
            if (times <= 0 || text.empty()) return Made::Value;
            if (text.size() > longest / static_cast<std::size_t>(times)) return Made::Error;
            for (std::int32_t i = 0; i < times; ++i) out.append(text);
            return Made::Value;
        },
        [](std::string_view, std::int32_t) { return tooLong(); });
}

/// As Java's replace: an empty text is found before, between and behind all characters.
Made replaced(std::string& out, std::string_view text, std::string_view from, std::string_view to,
              std::size_t longest) {
    while (true) {
        const std::size_t found = findText(text, from);
        if (found == std::string_view::npos) break;
        if (out.size() + found + to.size() > longest) return Made::Error;
        out.append(text.substr(0, found)).append(to);
        text.remove_prefix(found + from.size());
        if (!from.empty()) continue;
        if (text.empty()) break;
        const std::size_t size = characterSize(text, 0);
        out.append(text.substr(0, size));
        text.remove_prefix(size);
    }
    if (out.size() + text.size() > longest) return Made::Error;
    out.append(text);
    return Made::Value;
}

Vector evaluateReplace(const CallArgs& call) {
    return mapText<std::string_view, std::string_view, std::string_view>(
        call,
        [longest = call.work.longestText()](std::string& out, std::string_view text, std::string_view from,
                                            std::string_view to) {
            return replaced(out, text, from, to, longest);
        },
        [](std::string_view, std::string_view, std::string_view) { return tooLong(); });
}

Vector evaluatePosition(const CallArgs& call) {
    return map<std::int32_t, std::string_view, std::string_view>(
        call, [](std::string_view part, std::string_view text) {
            const std::size_t found = findText(text, part);
            return found == std::string_view::npos
                       ? 0
                       : static_cast<std::int32_t>(characterCount(text.substr(0, found))) + 1;
        });
}

/// The characters that TRIM takes away.
class CharacterSet {
 public:
    explicit CharacterSet(std::string_view set) : m_set(set) {
        if (set.size() <= kFew) return;
        for (std::size_t i = 0; i < set.size(); i += characterSize(set, i)) m_many.insert(at(set, i));
    }
    /// Whether the character that begins at `place` in `text` is one of them.
    bool has(std::string_view text, std::size_t place) const {
        const std::string_view character = at(text, place);
        if (!m_many.empty()) return m_many.contains(character);
        for (std::size_t i = 0; i < m_set.size(); i += characterSize(m_set, i)) {
            if (at(m_set, i) == character) return true;
        }
        return false;
    }

 private:
    static constexpr std::size_t kFew = 16;  ///< bytes that are looked through for each character
    static std::string_view at(std::string_view text, std::size_t place) {
        return text.substr(place, characterSize(text, place));
    }

    std::string_view m_set;
    std::unordered_set<std::string_view> m_many{};
};

std::string_view withoutLeading(std::string_view text, std::string_view characters) {
    const CharacterSet set(characters);
    std::size_t begin = 0;
    while (begin < text.size() && set.has(text, begin)) begin += characterSize(text, begin);
    return text.substr(begin);
}

std::string_view withoutTrailing(std::string_view text, std::string_view characters) {
    const CharacterSet set(characters);
    std::size_t end = text.size();
    while (end > 0) {
        std::size_t last = end - 1;
        while (last > 0 && continuesCharacter(text[last])) --last;
        if (!set.has(text, last)) break;
        end = last;
    }
    return text.substr(0, end);
}

template <std::string_view (*Cut)(std::string_view, std::string_view)>
Vector evaluateCut(const CallArgs& call) {
    if (call.args.size() == 1) {
        return mapPart<>(call, [](std::string_view text) { return Cut(text, " "); });
    }
    return mapPart<std::string_view>(
        call, [](std::string_view text, std::string_view set) { return Cut(text, set); });
}

std::string_view withoutBoth(std::string_view text, std::string_view set) {
    return withoutTrailing(withoutLeading(text, set), set);
}

/// TRIM keeps its side (BOTH, LEADING, TRAILING) from the parser in the call's unit.
Parsed<Resolved> resolveTrim(std::span<const ArgInfo> args, std::string_view unit) {
    auto resolved = acceptsMany("TRIM", stringType(), stringType())(args, unit);
    if (auto* fine = std::get_if<Resolved>(&resolved)) {
        fine->prepared = std::make_shared<const std::string>(unit);
    }
    return resolved;
}

Vector evaluateTrim(const CallArgs& call) {
    const auto& side = *static_cast<const std::string*>(call.call.prepared.get());
    if (side == "LEADING") return evaluateCut<withoutLeading>(call);
    if (side == "TRAILING") return evaluateCut<withoutTrailing>(call);
    return evaluateCut<withoutBoth>(call);
}

/// The texts of a row that are not NULL, with the separator, the first argument, between them. False when
/// that is too long.
bool appendJoined(std::string& out, const CallArgs& call, std::size_t row) {
    out.clear();
    const std::string_view separator = call.args[0].at<StringRef>(row).view();
    bool first = true;
    for (const Vector& arg : call.args.subspan(1)) {
        if (arg.isNull(row)) continue;
        const std::string_view text = arg.at<StringRef>(row).view();
        if (out.size() + separator.size() + text.size() > call.work.longestText()) return false;
        if (!first) out.append(separator);
        out.append(text);
        first = false;
    }
    return true;
}

/// CONCAT_WS(separator, …) leaves out texts that are NULL; it is NULL only when the separator is.
Vector evaluateJoinWith(const CallArgs& call) {
    // The separator alone decides on NULL, but errors of all arguments count, and one row's texts may differ.
    Vector separator = call.args[0];
    bool constant = true;
    for (const Vector& arg : call.args) {
        separator.errors = mergeErrors(std::move(separator.errors), arg.errors);
        constant = constant && arg.constant;
    }
    if (!constant) separator = {separator.flat(call.rows), false, std::move(separator.errors)};
    Output out(CallArgs{{&separator, 1}, call.rows, call.call, call.context, call.work}, sizeof(StringRef));
    if (separator.errors) {
        for (const RowError& error : *separator.errors) out.setNull(error.row);
    }
    StringArena texts(kTextBlock, kTextBlock);
    const std::size_t most = mostText(call, out);
    std::string text;
    for (std::size_t row = 0; row < out.rows() && texts.bytes() <= most; ++row) {
        if (out.isNull(row)) continue;
        if (appendJoined(text, call, row)) {
            out.values<StringRef>()[row] = texts.add(text);
        } else {
            out.fail(row, tooLong());
        }
    }
    return finishTexts(call, out, texts);
}

/// CONCAT: all texts of a row at once, so that none is copied again for each that follows.
Vector evaluateConcat(const CallArgs& call) {
    if (call.args.size() == 1) return call.args[0];
    if (call.args.size() == 2) return evaluateJoin(call);
    Output out(call, sizeof(StringRef));
    StringArena texts(kTextBlock, kTextBlock);
    const std::size_t most = mostText(call, out);
    std::string text;
    for (std::size_t row = 0; row < out.rows() && texts.bytes() <= most; ++row) {
        if (out.isNull(row)) continue;
        text.clear();
        std::size_t size = 0;
        for (const Vector& arg : call.args) size += arg.at<StringRef>(row).size();
        if (size > call.work.longestText()) {
            out.fail(row, tooLong());
            continue;
        }
        for (const Vector& arg : call.args) text.append(arg.at<StringRef>(row).view());
        out.values<StringRef>()[row] = texts.add(text);
    }
    return finishTexts(call, out, texts);
}

}  // namespace

void addTextFunctions(std::vector<ScalarFunction>& functions) {
    const Type text = stringType();
    functions.push_back({"||", "a || b", RW_TEXT("sql", "Two texts, one after the other."), "operator", 2, 2,
                         acceptsMany("||", text, text), evaluateJoin, true});
    functions.push_back({"CONCAT", "CONCAT(a, b, …)",
                         RW_TEXT("sql", "Texts one after the other; NULL when one is NULL."), "text", 1, -1,
                         acceptsMany("CONCAT", text, text), evaluateConcat, true});
    functions.push_back(
        {"CONCAT_WS", "CONCAT_WS(separator, a, b, …)",
         RW_TEXT("sql", "Texts with a separator between them; those that are NULL are left out."), "text", 1,
         -1, acceptsMany("CONCAT_WS", text, text), evaluateJoinWith, true});
    functions.push_back({"CHAR_LENGTH", "CHAR_LENGTH(s)", RW_TEXT("sql", "How many characters a text has."),
                         "text", 1, 1, accepts("CHAR_LENGTH", {text}, intType()), evaluateLength});
    functions.push_back({"UPPER", "UPPER(s)", RW_TEXT("sql", "The text in upper case."), "text", 1, 1,
                         accepts("UPPER", {text}, text), evaluateUpper});
    functions.push_back({"LOWER", "LOWER(s)", RW_TEXT("sql", "The text in lower case."), "text", 1, 1,
                         accepts("LOWER", {text}, text), evaluateLower});
    functions.push_back(
        {"INITCAP", "INITCAP(s)",
         RW_TEXT("sql", "Every word with an upper-case first letter, the rest in lower case."), "text", 1, 1,
         accepts("INITCAP", {text}, text), evaluateInitCap});
    functions.push_back({"TRIM", "TRIM([LEADING | TRAILING | BOTH x FROM] s)",
                         RW_TEXT("sql", "The text without blanks, or the characters given, at its ends."),
                         "text", 1, 2, resolveTrim, evaluateTrim});
    functions.push_back({"LTRIM", "LTRIM(s [, characters])",
                         RW_TEXT("sql", "The text without blanks at its beginning."), "text", 1, 2,
                         acceptsMany("LTRIM", text, text), evaluateCut<withoutLeading>});
    functions.push_back({"RTRIM", "RTRIM(s [, characters])",
                         RW_TEXT("sql", "The text without blanks at its end."), "text", 1, 2,
                         acceptsMany("RTRIM", text, text), evaluateCut<withoutTrailing>});
    functions.push_back({"REVERSE", "REVERSE(s)",
                         RW_TEXT("sql", "The characters from the last to the first."), "text", 1, 1,
                         accepts("REVERSE", {text}, text), evaluateReverse});
    functions.push_back({"REPEAT", "REPEAT(s, n)", RW_TEXT("sql", "The text n times."), "text", 2, 2,
                         accepts("REPEAT", {text, intType()}, text), evaluateRepeat, true});
    functions.push_back({"REPLACE", "REPLACE(s, from, to)",
                         RW_TEXT("sql", "Every “from” in the text replaced by “to”."), "text", 3, 3,
                         accepts("REPLACE", {text, text, text}, text), evaluateReplace, true});
    functions.push_back({"POSITION", "POSITION(part IN s)",
                         RW_TEXT("sql", "Where the part begins, from 1; 0 when it is not there."), "text", 2,
                         2, accepts("POSITION", {text, text}, intType()), evaluatePosition});
    addPartFunctions(functions);
    addPatternFunctions(functions);
}

}  // namespace rw::sql
