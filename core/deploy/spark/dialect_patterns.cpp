// LIKE, regular expressions and paths into JSON in Spark SQL. LIKE escapes with a backslash there, patterns
// are Java's, and a missing match is an empty text.
#include <fmt/format.h>

#include <algorithm>

#include "core/deploy/dialect/java_regex.h"
#include "core/deploy/spark/dialect.h"

namespace rw {

namespace {

// ── LIKE ──

/// A character that the pattern has not, to stand as its escape so that a backslash is one.
std::string_view otherThan(const std::string& pattern) {
    for (const std::string_view c : {"!", "~", "#", "^", "|", "@"}) {
        if (pattern.find(c) == std::string::npos) return c;
    }
    return {};
}

Written writeSparkLike(CallForm& call) {
    if (call.part().canFail) call.findFailing();
    const Written text = call.written(0), pattern = call.written(1);
    const auto like = [&text](const std::string& rest) {
        return Written{text.in(Binding::Add) + " LIKE " + rest, Binding::Compare};
    };
    if (call.count() > 2) {
        if (call.argument(2).kind != sql::Expr::Kind::Literal) {
            call.find(Verdict::Refused,
                      RW_TEXT("deploy", "In Spark the escape character is the same for all rows."), {},
                      RW_TEXT("deploy", "Write one character after ESCAPE."));
        }
        return like(fmt::format("{} ESCAPE {}", pattern.in(Binding::Add), call.text(2)));
    }
    const auto* const constant = sparkConstant<std::string>(call, 1);
    if (constant != nullptr) {
        if (constant->find('\\') == std::string::npos) return like(pattern.text);
        if (const auto escape = otherThan(*constant); !escape.empty()) {
            return like(fmt::format("{} ESCAPE '{}'", pattern.text, escape));
        }
    }
    return like(sparkCall("REPLACE", {pattern.text, sparkText("\\"), sparkText("\\\\")}).text);
}

// ── Regular expressions ──

/// Argument 1 for Java; a pattern that is not a literal is left unchanged.
JavaRegex patternOf(const CallForm& call, std::string& written) {
    const auto* const pattern = sparkBuiltIn<std::string>(call, 1);
    if (pattern == nullptr) {
        written = call.text(1);
        if (call.part().canFail) call.findFailing();
        call.find(Verdict::Approximated,
                  RW_TEXT("deploy", "Spark reads patterns as Java does: . $ \\s \\b and classes differ."), {},
                  RW_TEXT("deploy", "Write the pattern as a text in the call."));
        return {};
    }
    auto java = javaRegex(*pattern);
    if (!java) {
        written = call.text(1);
        call.find(Verdict::Refused, RW_TEXT("deploy", "Java, which Spark uses, has no such pattern."), {},
                  RW_TEXT("deploy", "Write it without flags but (?i), scripts, octal numbers or \\C."));
        return {};
    }
    if (java->wordEdges) call.find(Verdict::Exact, {}, RW_TEXT("deploy", "texts have ASCII letters only"));
    written = sparkText(java->pattern);
    return *std::move(java);
}

Written writeSparkExtractPattern(CallForm& call) {
    std::string pattern;
    const JavaRegex java = patternOf(call, pattern);
    const auto* const group = sparkConstant<std::int32_t>(call, 2);
    const bool isLiteral = call.argument(1).kind == sql::Expr::Kind::Literal;
    if (isLiteral && group != nullptr && (*group < 0 || *group > java.groups))
        return {"CAST(NULL AS STRING)"};
    if (call.count() > 2 && (group == nullptr || !isLiteral)) {
        call.find(Verdict::Exact, {}, RW_TEXT("deploy", "the pattern has the group that is asked for"));
    }
    if (call.count() > 2 && (group == nullptr || *group > 0) && java.looseGroups) {
        call.find(Verdict::Exact, {}, RW_TEXT("deploy", "the group is a part of every match"));
    }
    const Written text = call.written(0);
    const std::string number = call.count() > 2 ? call.text(2) : "0";
    return {fmt::format("IF({} RLIKE {}, {}, NULL)", text.in(Binding::Add), pattern,
                        sparkCall("REGEXP_EXTRACT", {text.text, pattern, number}).text)};
}

Written writeSparkReplacePattern(CallForm& call) {
    std::string pattern;
    const JavaRegex java = patternOf(call, pattern);
    if (java.matchesNothing) {
        call.find(
            Verdict::Approximated,
            RW_TEXT("deploy",
                    "A pattern that also matches nothing is replaced once more by Spark behind a match."),
            {}, RW_TEXT("deploy", "Write + instead of *, so that a match has at least one character."));
    }
    // $1 and \ mean something in it to Java.
    const auto* const constant = sparkConstant<std::string>(call, 2);
    const std::string with = constant != nullptr
                                 ? sparkText(javaReplacement(*constant))
                                 : fmt::format("REPLACE(REPLACE({}, {}, {}), '$', {})", call.text(2),
                                               sparkText("\\"), sparkText("\\\\"), sparkText("\\$"));
    return sparkCall("REGEXP_REPLACE", {call.text(0), pattern, with});
}

// ── JSON ──

/// The path as Spark reads it: without a mode, names in single quotes. Empty: it can't be.
std::string sparkPath(std::string_view path) {
    path.remove_prefix(std::min(path.find('$'), path.size()));
    std::string out;
    while (!path.empty()) {
        const bool bracket = path.front() == '[';
        const std::size_t last = bracket ? path.find(']') : path.find_first_of(".[", 1) - 1;
        std::string step(path.substr(0, std::min(last, path.size() - 1) + 1));
        path.remove_prefix(step.size());
        if (step.starts_with("[\"") || step.starts_with("['")) {
            const std::string name = step.substr(2, step.size() - 4);
            if (name.find_first_of("'?") != std::string::npos) return {};
            step = "['" + name + "']";
        }
        out += step;
    }
    return out;
}

Written writeSparkJsonValue(CallForm& call) {
    call.find(
        Verdict::Exact, {},
        RW_TEXT("deploy",
                "JSON texts are whole, name nothing twice, and have a text, a truth or a plainly written "
                "number at the path"));
    const auto* const path = sparkBuiltIn<std::string>(call, 1);
    std::string written = call.text(1);
    if (path == nullptr) {
        call.find(Verdict::Exact, {}, RW_TEXT("deploy", "paths are of the form $.name['a name'][0]"));
    } else if (const std::string rewritten = sparkPath(*path); !rewritten.empty()) {
        written = sparkText(rewritten);
    } else {
        call.find(Verdict::Refused, RW_TEXT("deploy", "Spark reads no name with ' or ? in a JSON path."));
    }
    return sparkCall("GET_JSON_OBJECT", {call.text(0), written});
}

}  // namespace

void addSparkPatterns(std::vector<FunctionForm>& forms) {
    forms.push_back({.name = "LIKE", .write = writeSparkLike});
    forms.push_back({.name = "REGEXP_EXTRACT", .write = writeSparkExtractPattern});
    forms.push_back({.name = "REGEXP_REPLACE", .write = writeSparkReplacePattern});
    forms.push_back({.name = "JSON_VALUE", .write = writeSparkJsonValue});
}

}  // namespace rw
