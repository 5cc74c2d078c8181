// Functions of texts. Positions and lengths count characters (code points), not bytes.
#include "core/sql/eval/kernels.h"
#include "core/sql/functions/characters.h"
#include "core/sql/functions/families.h"
#include "core/sql/functions/signatures.h"

namespace rw::sql {

namespace {

constexpr std::size_t kLongestText = 64U << 20;  ///< bytes; what makes texts longer must not fill the memory

Text tooLong() {
    return RW_TEXT("sql", "The text would be longer than 64 MiB.");
}

Vector evaluateJoin(const CallArgs& call) {
    return mapText<std::string_view, std::string_view>(
        call,
        [](std::string& out, std::string_view a, std::string_view b) {
            if (a.size() + b.size() > kLongestText) return Made::Error;
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
        [](std::string& out, std::string_view text, std::int32_t times) {
            if (times > 0 && text.size() * static_cast<std::size_t>(times) > kLongestText) return Made::Error;
            for (std::int32_t i = 0; i < times; ++i) out.append(text);
            return Made::Value;
        },
        [](std::string_view, std::int32_t) { return tooLong(); });
}

/// As Java's replace: an empty text is found before, between and behind all characters.
Made replaced(std::string& out, std::string_view text, std::string_view from, std::string_view to) {
    while (true) {
        if (out.size() > kLongestText) return Made::Error;
        const std::size_t found = text.find(from);
        if (found == std::string_view::npos) break;
        out.append(text.substr(0, found)).append(to);
        text.remove_prefix(found + from.size());
        if (!from.empty()) continue;
        if (text.empty()) break;
        const std::size_t size = characterSize(text, 0);
        out.append(text.substr(0, size));
        text.remove_prefix(size);
    }
    out.append(text);
    return Made::Value;
}

Vector evaluateReplace(const CallArgs& call) {
    return mapText<std::string_view, std::string_view, std::string_view>(
        call, replaced, [](std::string_view, std::string_view, std::string_view) { return tooLong(); });
}

Vector evaluatePosition(const CallArgs& call) {
    return map<std::int32_t, std::string_view, std::string_view>(
        call, [](std::string_view part, std::string_view text) {
            const std::size_t found = text.find(part);
            return found == std::string_view::npos
                       ? 0
                       : static_cast<std::int32_t>(characterCount(text.substr(0, found))) + 1;
        });
}

/// Whether the character of `set` that begins at `at` in `text` is one of the set's.
bool isOneOf(std::string_view text, std::size_t at, std::string_view set) {
    const std::string_view character = text.substr(at, characterSize(text, at));
    for (std::size_t i = 0; i < set.size(); i += characterSize(set, i)) {
        if (set.substr(i, characterSize(set, i)) == character) return true;
    }
    return false;
}

std::string_view withoutLeading(std::string_view text, std::string_view set) {
    std::size_t begin = 0;
    while (begin < text.size() && isOneOf(text, begin, set)) begin += characterSize(text, begin);
    return text.substr(begin);
}

std::string_view withoutTrailing(std::string_view text, std::string_view set) {
    std::size_t end = text.size();
    while (end > 0) {
        std::size_t last = end - 1;
        while (last > 0 && continuesCharacter(text[last])) --last;
        if (!isOneOf(text, last, set)) break;
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
    Output out(CallArgs{{&separator, 1}, call.rows, call.call, call.context}, sizeof(StringRef));
    if (separator.errors) {
        for (const RowError& error : *separator.errors) out.setNull(error.row);
    }
    StringArena texts(kTextBlock, kTextBlock);
    std::string text;
    for (std::size_t row = 0; row < out.rows(); ++row) {
        if (out.isNull(row)) continue;
        text.clear();
        bool first = true;
        for (const Vector& arg : call.args.subspan(1)) {
            if (arg.isNull(row)) continue;
            if (!first) text.append(separator.at<StringRef>(row).view());
            text.append(arg.at<StringRef>(row).view());
            first = false;
        }
        if (text.size() > kLongestText) {
            out.fail(row, tooLong());
        } else {
            out.values<StringRef>()[row] = texts.add(text);
        }
    }
    out.keepAlive(texts);
    return out.finish();
}

Vector evaluateConcat(const CallArgs& call) {
    if (call.args.size() == 1) return call.args[0];
    if (call.args.size() == 2) return evaluateJoin(call);
    Vector joined = call.args[0];
    for (std::size_t i = 1; i < call.args.size(); ++i) {
        const Vector pair[] = {joined, call.args[i]};
        joined = evaluateJoin(CallArgs{pair, call.rows, call.call, call.context});
    }
    return joined;
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
