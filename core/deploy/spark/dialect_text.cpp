// Functions of texts in Spark SQL, where NULL, negative numbers and empty texts count otherwise.
#include <fmt/format.h>

#include <utility>

#include "core/base/ascii.h"
#include "core/deploy/spark/dialect.h"

namespace rw {

namespace {

/// Words of letters and digits; Spark's INITCAP parts them at blanks alone.
Written writeSparkInitCap(CallForm& call) {
    const std::string parts =
        sparkCall("REGEXP_EXTRACT_ALL",
                  {call.text(0), sparkText(R"([\p{IsAlphabetic}\p{N}]+|[^\p{IsAlphabetic}\p{N}]+)"), "0"})
            .text;
    const std::string_view capital = "word -> CONCAT(UPPER(LEFT(word, 1)), LOWER(SUBSTRING(word, 2)))";
    return sparkCall("ARRAY_JOIN", {sparkCall("TRANSFORM", {parts, capital}).text, "''"});
}

/// TRIM, LTRIM, RTRIM: the characters to remove stand second in ours.
Written writeSparkTrim(CallForm& call) {
    const std::string& name = call.call().name;
    const std::string side = name == "LTRIM" || call.call().unit == "LEADING"    ? "LEADING"
                             : name == "RTRIM" || call.call().unit == "TRAILING" ? "TRAILING"
                                                                                 : "BOTH";
    if (call.count() > 1) return {fmt::format("TRIM({} {} FROM {})", side, call.text(1), call.text(0))};
    return sparkCall(side == "LEADING" ? "LTRIM" : side == "TRAILING" ? "RTRIM" : "TRIM", {call.text(0)});
}

Written writeSparkReplace(CallForm& call) {
    const auto* const from = sparkConstant<std::string>(call, 1);
    if (from == nullptr) {
        call.find(Verdict::Exact, {}, RW_TEXT("deploy", "the text that is looked for is never empty"));
    } else if (from->empty()) {
        call.find(Verdict::Refused, RW_TEXT("deploy", "Spark finds an empty text nowhere."), {},
                  RW_TEXT("deploy", "Use REGEXP_REPLACE with an empty pattern."));
    }
    return sparkCall("REPLACE", {call.text(0), call.text(1), call.text(2)});
}

/// A start before the text gives nothing here, and a negative length NULL.
Written writeSparkSubstring(CallForm& call) {
    const auto* const from = sparkConstant<std::int32_t>(call, 1);
    const bool counted = call.count() > 2;
    const auto* const length = sparkConstant<std::int32_t>(call, 2);
    const Written text = call.written(0), start = call.written(1);
    const Written count = counted ? call.written(2) : Written{};
    const std::string part = counted ? sparkCall("SUBSTRING", {text.text, start.text, count.text}).text
                                     : sparkCall("SUBSTRING", {text.text, start.text}).text;
    std::string cases;
    if (counted && (length == nullptr || *length < 0)) {
        cases += fmt::format(" WHEN {} < 0 THEN NULL", count.in(Binding::Add));
    }
    if (from == nullptr || *from < 0) {
        // LEFT is NULL where the length is.
        cases += fmt::format(" WHEN {} < -CHAR_LENGTH({}) THEN {}", start.in(Binding::Add), text.text,
                             counted ? sparkCall("LEFT", {"''", count.text}).text : "''");
    }
    return {cases.empty() ? part : fmt::format("CASE{} ELSE {} END", cases, part)};
}

/// NULL for a negative length and for nothing to fill up with.
Written writeSparkPad(CallForm& call) {
    const auto* const length = sparkConstant<std::int32_t>(call, 1);
    const auto* const filling = sparkConstant<std::string>(call, 2);
    const Written size = call.written(1), pad = call.written(2);
    const Written padded = sparkCall(call.call().name, {call.text(0), size.text, pad.text});
    std::string wrong;
    if (length == nullptr || *length < 0) wrong = size.in(Binding::Add) + " < 0";
    if (filling == nullptr || filling->empty())
        wrong += (wrong.empty() ? "" : " OR ") + pad.in(Binding::Add) + " = ''";
    return wrong.empty() ? padded : sparkCall("IF", {wrong, "NULL", padded.text});
}

/// The separator as a regular expression that finds it as it is.
std::string separatorPattern(std::string_view separator) {
    std::string pattern;
    for (const char c : separator) {
        if (std::string_view("\\.[]{}()<>*+-=!?^$|/#&~").find(c) != std::string_view::npos) pattern += '\\';
        pattern += c;
    }
    return sparkText(pattern);
}

/// An empty text has no parts; an empty separator cuts at Java's blanks.
Written writeSparkSplitIndex(CallForm& call) {
    const auto* const separator = sparkConstant<std::string>(call, 1);
    std::string pattern;
    if (separator == nullptr) {
        call.find(Verdict::Exact, {}, RW_TEXT("deploy", "the separator is never empty"));
        pattern = sparkCall("CONCAT", {sparkText("\\Q"), call.text(1), sparkText("\\E")}).text;
    } else {
        pattern =
            separator->empty() ? sparkText(R"([ \t\n\x0B\f\r\x1C-\x1F])") : separatorPattern(*separator);
    }
    const std::string text = sparkCall("NULLIF", {call.text(0), "''"}).text;
    return sparkCall("GET", {sparkCall("SPLIT", {text, pattern}).text, call.text(2)});
}

// ── BYTES ──

/// Spark ends the job at a character that is not in the set, or at bytes that are none.
Written writeSparkEncode(CallForm& call) {
    const auto* const charset = sparkConstant<std::string>(call, 1);
    if (charset == nullptr || !inAsciiCapitals(*charset).starts_with("UTF-"))
        call.find(Verdict::Exact, {}, RW_TEXT("deploy", "the character set has every character"));
    return sparkCall("ENCODE", {call.text(0), call.text(1)});
}

Written writeSparkDecode(CallForm& call) {
    const auto* const charset = sparkConstant<std::string>(call, 1);
    if (charset == nullptr || inAsciiCapitals(*charset) != "ISO-8859-1")
        call.find(Verdict::Exact, {}, RW_TEXT("deploy", "all bytes are text in the character set"));
    return sparkCall("DECODE", {call.text(0), call.text(1)});
}

/// The argument as BINARY.
std::string sparkBinary(const CallForm& call) {
    const bool isBytes = call.typed(0).as.is(TypeId::Bytes);
    return isBytes ? call.text(0) : fmt::format("CAST({} AS BINARY)", call.text(0));
}

/// Spark breaks the text into lines of 76 characters.
Written writeSparkToBase64(CallForm& call) {
    return {fmt::format("REPLACE(BASE64({}), CONCAT(CHAR(13), CHAR(10)), '')", sparkBinary(call))};
}

Written writeSparkFromBase64(CallForm& call) {
    sparkMayFail(call);
    call.find(Verdict::Exact, {}, RW_TEXT("deploy", "what is in Base64 is text"));
    return {fmt::format("CAST({} AS STRING)", sparkFromBase64(call).text)};
}

}  // namespace

Written sparkFromBase64(const CallForm& call) {
    call.find(Verdict::Exact, {}, RW_TEXT("deploy", "Base64 has its padding, and no blanks in it"));
    const bool isBytes = call.typed(0).as.is(TypeId::Bytes);
    const std::string text = isBytes ? fmt::format("CAST({} AS STRING)", call.text(0)) : call.text(0);
    return sparkCall(call.nullOnError() ? "TRY_TO_BINARY" : "TO_BINARY", {text, "'base64'"});
}

void addSparkTexts(std::vector<FunctionForm>& forms) {
    forms.push_back({.name = "||", .pattern = "$1 || $2", .binding = Binding::Add});
    forms.push_back({.name = "CONCAT", .pattern = "CONCAT($*)"});
    forms.push_back({.name = "CONCAT_WS", .pattern = "CONCAT_WS($*)"});
    forms.push_back({.name = "CHAR_LENGTH", .pattern = "CHAR_LENGTH($1)"});
    for (const auto& [name, pattern] : {std::pair{"UPPER", "UPPER($1)"}, std::pair{"LOWER", "LOWER($1)"}}) {
        forms.push_back(
            {.name = name,
             .pattern = pattern,
             .condition = RW_TEXT("deploy",
                                  "no text has a letter whose other case is two letters, or a Σ at "
                                  "its end")});
    }
    forms.push_back({.name = "INITCAP", .write = writeSparkInitCap});
    forms.push_back({.name = "TRIM", .write = writeSparkTrim});
    forms.push_back({.name = "LTRIM", .write = writeSparkTrim});
    forms.push_back({.name = "RTRIM", .write = writeSparkTrim});
    forms.push_back({.name = "REVERSE", .pattern = "REVERSE($1)"});
    forms.push_back({.name = "REPEAT", .pattern = "REPEAT($1, $2)"});
    forms.push_back({.name = "REPLACE", .write = writeSparkReplace});
    forms.push_back({.name = "POSITION", .pattern = "POSITION($1, $2)"});
    forms.push_back({.name = "SUBSTRING", .write = writeSparkSubstring});
    forms.push_back({.name = "LEFT", .pattern = "LEFT($1, $2)"});
    forms.push_back({.name = "RIGHT", .pattern = "RIGHT($1, $2)"});
    forms.push_back({.name = "LPAD", .write = writeSparkPad});
    forms.push_back({.name = "RPAD", .write = writeSparkPad});
    forms.push_back({.name = "SPLIT_INDEX", .write = writeSparkSplitIndex});
    forms.push_back({.name = "ENCODE", .write = writeSparkEncode});
    forms.push_back({.name = "DECODE", .write = writeSparkDecode});
    forms.push_back({.name = "TO_BASE64", .write = writeSparkToBase64});
    forms.push_back({.name = "FROM_BASE64", .write = writeSparkFromBase64});
    forms.push_back({.name = "OCTET_LENGTH", .pattern = "OCTET_LENGTH($1)"});
    forms.push_back({.name = "MD5", .pattern = "MD5($1)"});
    forms.push_back({.name = "SHA256", .pattern = "SHA2($1, 256)"});
}

}  // namespace rw
