// Regular expressions (RE2's: linear time on any text) and values inside JSON texts.
#include <re2/re2.h>

#include <unordered_map>

#include "core/sql/eval/kernels.h"
#include "core/sql/functions/families.h"
#include "core/sql/functions/json_path.h"
#include "core/sql/functions/signatures.h"

namespace rw::sql {

namespace {

/// Compiled expressions: one for a literal pattern, made when binding; otherwise made as patterns come, and
/// kept.
class Patterns {
 public:
    const re2::RE2& of(std::string_view pattern) const {
        const auto found = m_known.find(std::string(pattern));
        if (found != m_known.end()) return *found->second;
        if (m_known.size() >= kKept) m_known.clear();
        return *m_known.emplace(std::string(pattern), compile(pattern)).first->second;
    }
    static std::unique_ptr<re2::RE2> compile(std::string_view pattern) {
        re2::RE2::Options options;
        options.set_log_errors(false);
        return std::make_unique<re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()), options);
    }

 private:
    static constexpr std::size_t kKept = 256;
    mutable std::unordered_map<std::string, std::unique_ptr<re2::RE2>> m_known;
};

Text badPattern(std::string_view pattern, const std::string& why) {
    return RW_TEXT("sql", "“%1” is not a regular expression that works here: %2.").with(pattern, why);
}

/// Types the call and compiles a literal pattern (argument 1), so that a wrong one is an issue and not an
/// error per row.
Parsed<Resolved> resolvePattern(const char* name, std::span<const ArgInfo> args, std::vector<Type> params) {
    auto resolved = accepts(name, std::move(params), stringType())(args, {});
    auto* fine = std::get_if<Resolved>(&resolved);
    if (!fine || args.size() < 2 || !args[1].literal) return resolved;
    const auto* pattern = std::get_if<std::string>(args[1].literal);
    if (!pattern) return resolved;
    std::shared_ptr<re2::RE2> compiled = Patterns::compile(*pattern);
    if (!compiled->ok()) {
        SqlError error;
        error.message = badPattern(*pattern, compiled->error());
        error.fix = RW_TEXT("sql", "Look-around and back-references do not exist here (RE2's syntax).");
        error.position = 2;  // the argument's number; the binder finds its place
        return error;
    }
    fine->prepared = std::move(compiled);
    return resolved;
}

/// The expression for a row: the literal one, or that of the row's own pattern.
const re2::RE2& patternFor(const CallArgs& call, const Patterns& patterns, std::string_view pattern) {
    if (call.call.prepared) return *static_cast<const re2::RE2*>(call.call.prepared.get());
    return patterns.of(pattern);
}

re2::StringPiece piece(std::string_view text) {
    return {text.data(), text.size()};
}

/// Group `group` of the first match; NULL without one, or when there is no such group.
Made extract(std::string& out, const re2::RE2& pattern, std::string_view text, std::int32_t group) {
    if (!pattern.ok()) return Made::Error;
    if (group < 0 || group > pattern.NumberOfCapturingGroups()) return Made::Null;
    std::vector<re2::StringPiece> groups(static_cast<std::size_t>(group) + 1);
    if (!pattern.Match(piece(text), 0, text.size(), re2::RE2::UNANCHORED, groups.data(), group + 1))
        return Made::Null;
    const re2::StringPiece& found = groups[static_cast<std::size_t>(group)];
    if (found.data() == nullptr) return Made::Null;
    out.append(found.data(), found.size());
    return Made::Value;
}

Vector evaluateExtract(const CallArgs& call) {
    const Patterns patterns;
    const auto reason = [&](std::string_view pattern) {
        return badPattern(pattern, patterns.of(pattern).error());
    };
    if (call.args.size() == 2) {
        return mapText<std::string_view, std::string_view>(
            call,
            [&](std::string& out, std::string_view text, std::string_view pattern) {
                return extract(out, patternFor(call, patterns, pattern), text, 0);
            },
            [&](std::string_view, std::string_view pattern) { return reason(pattern); });
    }
    return mapText<std::string_view, std::string_view, std::int32_t>(
        call,
        [&](std::string& out, std::string_view text, std::string_view pattern, std::int32_t group) {
            return extract(out, patternFor(call, patterns, pattern), text, group);
        },
        [&](std::string_view, std::string_view pattern, std::int32_t) { return reason(pattern); });
}

/// Every match replaced; the replacement is taken as it is, as Flink does.
Vector evaluateReplaceAll(const CallArgs& call) {
    const Patterns patterns;
    return mapText<std::string_view, std::string_view, std::string_view>(
        call,
        [&](std::string& out, std::string_view text, std::string_view pattern, std::string_view with) {
            const re2::RE2& compiled = patternFor(call, patterns, pattern);
            if (!compiled.ok()) return Made::Error;
            std::string rewrite;  // RE2 reads \0 … \9 in it
            for (const char c : with) rewrite.append(c == '\\' ? "\\\\" : std::string(1, c));
            out.assign(text);
            re2::RE2::GlobalReplace(&out, compiled, rewrite);
            return Made::Value;
        },
        [&](std::string_view, std::string_view pattern, std::string_view) {
            return badPattern(pattern, patterns.of(pattern).error());
        });
}

Parsed<Resolved> resolveJsonValue(std::span<const ArgInfo> args, std::string_view unit) {
    auto resolved = accepts("JSON_VALUE", {stringType(), stringType()}, stringType())(args, unit);
    auto* fine = std::get_if<Resolved>(&resolved);
    if (!fine || !args[1].literal) return resolved;
    const auto* path = std::get_if<std::string>(args[1].literal);
    if (!path) return resolved;
    auto parsed = JsonPath::parse(*path);
    if (!parsed) {
        SqlError error;
        error.message = RW_TEXT("sql", "“%1” is not a JSON path.").with(*path);
        error.fix = RW_TEXT("sql", "Write one as $.name, $.list[0] or $['a name'].");
        error.position = 2;
        return error;
    }
    fine->prepared = std::make_shared<const JsonPath>(std::move(*parsed));
    return resolved;
}

Vector evaluateJsonValue(const CallArgs& call) {
    return mapText<std::string_view, std::string_view>(
        call,
        [&](std::string& out, std::string_view json, std::string_view path) {
            if (call.call.prepared) {
                return static_cast<const JsonPath*>(call.call.prepared.get())->scalar(out, json) ? Made::Value
                                                                                                 : Made::Null;
            }
            const auto parsed = JsonPath::parse(path);
            if (!parsed) return Made::Error;
            return parsed->scalar(out, json) ? Made::Value : Made::Null;
        },
        [](std::string_view, std::string_view path) {
            return RW_TEXT("sql", "“%1” is not a JSON path.").with(path);
        });
}

}  // namespace

void addPatternFunctions(std::vector<ScalarFunction>& functions) {
    const Type text = stringType();
    functions.push_back(
        {"REGEXP_EXTRACT", "REGEXP_EXTRACT(s, pattern [, group])",
         RW_TEXT("sql", "What the pattern, or a group of it, matches first; NULL when it does not."), "text",
         2, 3,
         [text](std::span<const ArgInfo> args, std::string_view) {
             return resolvePattern("REGEXP_EXTRACT", args, {text, text, intType()});
         },
         evaluateExtract, true});
    functions.push_back({"REGEXP_REPLACE", "REGEXP_REPLACE(s, pattern, replacement)",
                         RW_TEXT("sql", "The text with every match of the pattern replaced."), "text", 3, 3,
                         [text](std::span<const ArgInfo> args, std::string_view) {
                             return resolvePattern("REGEXP_REPLACE", args, {text, text, text});
                         },
                         evaluateReplaceAll, true});
    functions.push_back(
        {"JSON_VALUE", "JSON_VALUE(json, path)",
         RW_TEXT("sql", "The scalar at a path of a JSON text, as text; NULL when there is none."), "text", 2,
         2, resolveJsonValue, evaluateJsonValue, true});
}

}  // namespace rw::sql
