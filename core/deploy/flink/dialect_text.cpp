// Texts in Flink's words.
#include "core/deploy/dialect/java_regex.h"
#include "core/deploy/flink/dialect.h"

namespace rw {

namespace {

/// The text that argument `i` is, where it is one without variables; null elsewhere.
const std::string* flinkLiteralText(const CallForm& call, std::size_t i) {
    if (i >= call.count() || call.hasVariables(i)) return nullptr;
    return std::get_if<std::string>(&call.argument(i).value);
}

void flinkAsciiOnly(const CallForm& call) {
    call.find(Verdict::Exact, {}, RW_TEXT("deploy", "texts have ASCII letters only"));
}

// ── LIKE ──

/// Whether a `_` of the pattern stands for a character, which for Flink is no line break.
bool asksForOne(const CallForm& call) {
    const std::string* const pattern = flinkLiteralText(call, 1);
    const std::string* const escape = flinkLiteralText(call, 2);
    if (pattern == nullptr || (call.count() > 2 && escape == nullptr)) return true;
    for (std::size_t at = 0; at < pattern->size(); ++at) {
        if (escape != nullptr && !escape->empty() && pattern->compare(at, escape->size(), *escape) == 0) {
            at += escape->size();
        } else if ((*pattern)[at] == '_') {
            return true;
        }
    }
    return false;
}

Written flinkLike(CallForm& call) {
    if (call.part().canFail) call.findFailing();
    if (asksForOne(call)) call.find(Verdict::Exact, {}, RW_TEXT("deploy", "no text has a line break"));
    if (call.count() > 2 && flinkLiteralText(call, 2) == nullptr)
        call.find(Verdict::Exact, {}, RW_TEXT("deploy", "no escape character is empty"));
    return call.filled(call.count() > 2 ? "$1 LIKE $2 ESCAPE $3" : "$1 LIKE $2", Binding::Compare);
}

// ── Regular expressions: RE2 here, Java's there ──

/// The call with its pattern, argument 2, in Java's words where it is known.
Written flinkWithPattern(const CallForm& call, const JavaRegex* java) {
    std::string text = call.call().name + "(" + call.text(0) + ", ";
    text += java != nullptr ? call.dialect().words().literal(java->pattern, Type::of(TypeId::String))
                            : call.text(1);
    return {text + (call.count() > 2 ? ", " + call.text(2) + ")" : ")")};
}

std::optional<JavaRegex> flinkPattern(const CallForm& call) {
    const std::string* const pattern = flinkLiteralText(call, 1);
    if (pattern == nullptr) {
        if (call.part().canFail) call.findFailing();
        call.find(Verdict::Exact, {}, RW_TEXT("deploy", "patterns mean the same to Java as to RE2"));
        return std::nullopt;
    }
    auto java = javaRegex(*pattern);
    if (!java) {
        call.find(Verdict::Refused,
                  RW_TEXT("deploy",
                          "Something in this pattern does not exist for Java, whose regular "
                          "expressions Flink uses."),
                  {}, RW_TEXT("deploy", "Write it without flags inside and names of scripts."));
    } else if (java->wordEdges) {
        flinkAsciiOnly(call);
    }
    return java;
}

Written flinkRegexpExtract(CallForm& call) {
    const auto java = flinkPattern(call);
    return flinkWithPattern(call, java ? &*java : nullptr);
}

Written flinkRegexpReplace(CallForm& call) {
    const auto java = flinkPattern(call);
    if (!java || java->matchesNothing) {
        call.find(
            Verdict::Approximated,
            RW_TEXT("deploy",
                    "A pattern that also matches nothing is replaced once more by Flink behind a match."),
            {}, RW_TEXT("deploy", "Write + instead of *, so that a match has at least one character."));
    }
    return flinkWithPattern(call, java ? &*java : nullptr);
}

/// Flink counts and parts such a text by the halves of these characters that Java has.
Text flinkNoPairs() {
    return RW_TEXT("deploy", "no text has a character beyond U+FFFF, such as an emoji");
}

/// An empty text is found between all that Java counts.
Written flinkReplace(CallForm& call) {
    const std::string* const from = flinkLiteralText(call, 1);
    if (from == nullptr || from->empty()) call.find(Verdict::Exact, {}, flinkNoPairs());
    return call.filled("REPLACE($*)");
}

// ── TRIM ──

/// One of TRIM's words with the characters to take away; Flink's LTRIM and RTRIM know blanks alone.
Written flinkTrimmed(const CallForm& call, std::string_view side) {
    return call.filled("TRIM(" + std::string(side) + (call.count() > 1 ? " $2" : " ' '") + " FROM $1)");
}

Written flinkTrim(CallForm& call) {
    return call.call().unit.empty() ? call.filled("TRIM($1)") : flinkTrimmed(call, call.call().unit);
}

Written flinkLeftTrim(CallForm& call) {
    return call.count() == 1 ? call.filled("LTRIM($1)") : flinkTrimmed(call, "LEADING");
}

Written flinkRightTrim(CallForm& call) {
    return call.count() == 1 ? call.filled("RTRIM($1)") : flinkTrimmed(call, "TRAILING");
}

// ── BYTES ──

/// Flink keeps what is no text as it is, until it is written.
Written flinkFromBase64(CallForm& call) {
    call.findFailing(true);
    call.find(Verdict::Exact, {}, RW_TEXT("deploy", "what is in Base64 is text"));
    return call.filled("FROM_BASE64($1)");
}

/// Each byte is a character of ISO-8859-1.
Written flinkOctetLength(CallForm& call) {
    return call.filled(call.typed(0).as.is(TypeId::Bytes)
                           ? "CHAR_LENGTH(DECODE($1, 'ISO-8859-1'))"
                           : "CHAR_LENGTH(DECODE(ENCODE($1, 'UTF-8'), 'ISO-8859-1'))");
}

FunctionForm flinkWhile(std::string_view name, std::string_view pattern, Text condition) {
    FunctionForm row = flinkSame(name, pattern);
    row.condition = std::move(condition);
    return row;
}

}  // namespace

// That a text longer than 64 MiB fails here and not there is not said.
void addFlinkText(std::vector<FunctionForm>& rows) {
    FunctionForm join = flinkSame("||", "$1 || $2");
    join.binding = Binding::Multiply;
    rows.push_back(std::move(join));
    rows.push_back(flinkWritten("LIKE", flinkLike));
    const Text cases =
        RW_TEXT("deploy", "no text has a letter whose other case is two letters, or a Σ at its end");
    rows.push_back(flinkWhile("UPPER", "UPPER($1)", cases));
    rows.push_back(flinkWhile("LOWER", "LOWER($1)", cases));
    rows.push_back(flinkWhile("INITCAP", "INITCAP($1)", RW_TEXT("deploy", "texts have ASCII letters only")));
    rows.push_back(flinkWritten("TRIM", flinkTrim));
    rows.push_back(flinkWritten("LTRIM", flinkLeftTrim));
    rows.push_back(flinkWritten("RTRIM", flinkRightTrim));
    rows.push_back(flinkSame("CONCAT", "CONCAT($*)"));
    rows.push_back(flinkSame("CONCAT_WS", "CONCAT_WS($*)"));
    rows.push_back(flinkSame("CHAR_LENGTH", "CHAR_LENGTH($1)"));
    rows.push_back(flinkSame("REVERSE", "REVERSE($1)"));
    rows.push_back(flinkSame("REPEAT", "REPEAT($*)"));
    rows.push_back(flinkWritten("REPLACE", flinkReplace));
    rows.push_back(flinkSame("POSITION", "POSITION($1 IN $2)"));
    rows.push_back(flinkSame("SUBSTRING", "SUBSTRING($*)"));
    rows.push_back(flinkSame("LEFT", "LEFT($*)"));
    rows.push_back(flinkSame("RIGHT", "RIGHT($*)"));
    rows.push_back(flinkWhile("LPAD", "LPAD($*)", flinkNoPairs()));
    rows.push_back(flinkWhile("RPAD", "RPAD($*)", flinkNoPairs()));
    rows.push_back(flinkSame("SPLIT_INDEX", "SPLIT_INDEX($*)"));
    rows.push_back(flinkWritten("REGEXP_EXTRACT", flinkRegexpExtract));
    rows.push_back(flinkWritten("REGEXP_REPLACE", flinkRegexpReplace));
    rows.push_back(flinkWhile(
        "JSON_VALUE", "JSON_VALUE($*)",
        RW_TEXT("deploy", "no number taken out of JSON has an exponent or is smaller than 0.000001")));
    rows.push_back(flinkSame("ENCODE", "ENCODE($*)"));
    rows.push_back(flinkSame("DECODE", "DECODE($*)"));
    rows.push_back(flinkSame("TO_BASE64", "TO_BASE64($1)"));
    rows.push_back(flinkWritten("FROM_BASE64", flinkFromBase64));
    rows.push_back(flinkWritten("OCTET_LENGTH", flinkOctetLength));
    rows.push_back(flinkSame("MD5", "MD5($1)"));
    rows.push_back(flinkSame("SHA256", "SHA256($1)"));
}

}  // namespace rw
