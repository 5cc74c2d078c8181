// Regular expressions (RE2's: linear time on any text) and values inside JSON texts.
#include <re2/re2.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "core/base/figures.h"
#include "core/sql/eval/apart.h"
#include "core/sql/eval/kernels.h"
#include "core/sql/functions/characters.h"
#include "core/sql/functions/families.h"
#include "core/sql/functions/json_path.h"
#include "core/sql/functions/pattern_cost.h"
#include "core/sql/functions/signatures.h"

namespace rw::sql {

namespace {

/// Texts up to this length have no more than kMostLookedAt bytes to look at.
constexpr std::size_t kLeastFar = std::size_t{1} << 15;
static_assert(kLeastFar * (kLeastFar + 1) / 2 <= kMostLookedAt + kLeastFar);

/// A regular expression, or why it is none.
struct Compiled {
    std::shared_ptr<const re2::RE2> expression{};
    Text wrong{};
    bool tooLarge = false;  ///< it is wrong because there was not enough memory for its program
    bool ok() const { return expression != nullptr; }
};

/// Whether a class of characters contains &&. Java, and so Flink, intersects there; for RE2 it is two
/// characters.
bool intersects(std::string_view pattern) {
    bool inClass = false, quoted = false;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const std::string_view rest = pattern.substr(at);
        if (quoted) {
            quoted = !rest.starts_with("\\E");
        } else if (rest.front() == '\\') {
            quoted = !inClass && rest.starts_with("\\Q");
            ++at;
        } else if (!inClass) {
            inClass = rest.front() == '[';
            // A bracket that closes stands for itself where it comes first.
            if (inClass && rest.starts_with("[^]")) at += 2;
            if (inClass && rest.starts_with("[]")) ++at;
        } else if (rest.starts_with("&&")) {
            return true;
        } else if (rest.starts_with("[:") && rest.find(":]") != std::string_view::npos) {
            at += rest.find(":]") + 1;
        } else {
            inClass = rest.front() != ']';
        }
    }
    return false;
}

/// Memory that RE2 may use for a program and its states, and for a program that is compiled only to find out
/// whether the pattern is one.
constexpr std::int64_t kMemory = std::int64_t{8} << 20, kCheckMemory = std::int64_t{256} << 10;

Compiled compilePattern(std::string_view pattern, std::int64_t memory = kMemory) {
    constexpr std::size_t kLongest = 10'000;
    if (pattern.size() > kLongest)
        return {{}, RW_TEXT("sql", "A regular expression has at most %1 bytes.").with(kLongest), false};
    const auto wrong = [pattern](Text why) {
        return RW_TEXT("sql", "“%1” is not a regular expression that works here: %2.")
            .with(sql::quoted(pattern), why);
    };
    if (intersects(pattern))
        return {{}, wrong(RW_TEXT("sql", "&& between brackets does not intersect classes")), false};
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(memory);
    Compiled made{
        std::make_shared<const re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()), options), {}, false};
    if (made.expression->ok()) return made;
    const bool tooLarge = made.expression->error_code() == re2::RE2::ErrorPatternTooLarge;
    return {{}, wrong(RW_TEXT("sql", "%1").with(sql::quoted(made.expression->error()))), tooLarge};
}

/// A literal pattern, compiled when it is first needed: a file may have thousands, each of which takes half a
/// second. Thread-safe.
class LiteralPattern {
 public:
    explicit LiteralPattern(std::string pattern) : m_pattern(std::move(pattern)) {}

    const Compiled& compiled() const {
        std::call_once(m_once, [this] { m_compiled = compilePattern(m_pattern); });
        return m_compiled;
    }

 private:
    const std::string m_pattern;
    mutable std::once_flag m_once{};
    mutable Compiled m_compiled{};
};

/// Compiled expressions: one for a literal pattern; otherwise made as patterns come, and kept.
class Expressions {
 public:
    explicit Expressions(const CallArgs& call)
        : m_literal(call.call.prepared
                        ? &static_cast<const LiteralPattern*>(call.call.prepared.get())->compiled()
                        : nullptr),
          m_longestText(call.work.longestText()) {}
    /// The expression for a row; null where its pattern is none.
    std::shared_ptr<const re2::RE2> of(std::string_view pattern) { return compiled(pattern).expression; }
    /// Whether a match in `text` takes a bounded time.
    bool canMatch(const re2::RE2& pattern, std::string_view text) const {
        return canMatchIn(m_longestText, programSize(pattern), text.size());
    }
    /// Whether to match in `text` may take so long that it is done apart.
    static bool isLong(const re2::RE2& pattern, std::string_view text) {
        return stepsOf(pattern, text) > kMostSteps;
    }
    /// Whether the evaluation was told to stop, before a match in `text`. Asks now and then: a batch may have
    /// thousands of matches that each take less than kMostSteps.
    bool stopped(const re2::RE2& pattern, std::string_view text) {
        if (wasInterrupted()) return true;
        m_steps += stepsOf(pattern, text);
        if (m_steps < kStepsBetweenLooks) return false;
        m_steps = 0;
        return interrupted();
    }
    /// Why a row failed: its pattern, what it would cost, or else the length of its result.
    Text reason(std::string_view text, std::string_view pattern) {
        const auto expression = of(pattern);
        if (expression == nullptr) return compiled(pattern).wrong;
        if (canMatch(*expression, text)) return tooLong();
        return RW_TEXT("sql",
                       "The text has %1 bytes: to match “%2” might take too long. A pattern with fewer counted "
                       "repetitions or classes of characters, or a shorter text, does not.")
            .with(figures::count(text.size()), sql::quoted(pattern));
    }
    /// The same of a function that finds all matches in `text`.
    Text reasonOfAll(std::string_view text, std::string_view pattern) {
        const auto expression = of(pattern);
        const bool far = expression != nullptr && canMatch(*expression, text) && text.size() > kLeastFar;
        if (!far || !looksFar(pattern)) return reason(text, pattern);
        return RW_TEXT("sql",
                       "The text has %1 bytes: to replace all matches of “%2” might take too long. A pattern "
                       "without a choice around a repetition, or a shorter text, does not.")
            .with(figures::count(text.size()), sql::quoted(pattern));
    }

 private:
    static constexpr std::size_t kKept = 256;
    static constexpr std::size_t kKeptInstructions = std::size_t{1} << 20;  ///< each takes 16 bytes and more
    // Of at most 10 to 17 ns.
    static constexpr std::size_t kMostSteps = std::size_t{1} << 25, kStepsBetweenLooks = std::size_t{1} << 22;

    const Compiled& compiled(std::string_view pattern) {
        return m_literal != nullptr ? *m_literal : known(pattern);
    }
    const Compiled& known(std::string_view pattern) {
        const auto found = m_known.find(std::string(pattern));
        if (found != m_known.end()) return found->second;
        if (m_known.size() >= kKept || m_instructions > kKeptInstructions) {
            m_known.clear();
            m_instructions = 0;
        }
        // To compile may take a thousand times as long as to match.
        Compiled made = interrupted() ? Compiled{} : compilePattern(pattern);
        if (made.ok()) m_instructions += programSize(*made.expression);
        return m_known.emplace(std::string(pattern), std::move(made)).first->second;
    }

    static std::size_t programSize(const re2::RE2& pattern) {
        return static_cast<std::size_t>(std::max(pattern.ProgramSize(), 1));
    }
    static std::size_t stepsOf(const re2::RE2& pattern, std::string_view text) {
        return programSize(pattern) * text.size();
    }

    const Compiled* const m_literal;
    const std::size_t m_longestText;
    std::unordered_map<std::string, Compiled> m_known{};
    std::size_t m_instructions = 0;  ///< of the programs in it
    std::size_t m_steps = 0;         ///< of matches since the last look, at most
};

/// Types the call and looks at a literal pattern (argument 1), so that a wrong one is an issue and not an error
/// per row.
Parsed<Resolved> resolvePattern(const char* name, std::span<const ArgInfo> args, std::vector<Type> params) {
    auto resolved = accepts(name, std::move(params), stringType())(args, {});
    auto* fine = std::get_if<Resolved>(&resolved);
    if (!fine || args.size() < 2 || !args[1].literal) return resolved;
    const auto* pattern = std::get_if<std::string>(args[1].literal);
    if (!pattern) return resolved;
    Compiled compiled = compilePattern(*pattern, kCheckMemory);
    if (!compiled.ok() && !compiled.tooLarge) {
        SqlError error;
        error.message = std::move(compiled.wrong);
        error.fix = RW_TEXT("sql",
                            "Look-around, back-references and && between brackets do not exist here (RE2's "
                            "syntax).");
        error.position = 2;  // the argument's number; the binder finds its place
        return error;
    }
    fine->prepared = std::make_shared<const LiteralPattern>(*pattern);
    return resolved;
}

re2::StringPiece piece(std::string_view text) {
    return {text.data(), text.size()};
}

/// The place of group `group` of the first match in the text; nothing without one.
struct Found {
    std::size_t at = 0, size = 0;
};
std::optional<Found> firstMatch(const re2::RE2& pattern, std::string_view text, std::int32_t group) {
    std::vector<re2::StringPiece> groups(static_cast<std::size_t>(group) + 1);
    if (!pattern.Match(piece(text), 0, text.size(), re2::RE2::UNANCHORED, groups.data(), group + 1))
        return std::nullopt;
    const re2::StringPiece& found = groups[static_cast<std::size_t>(group)];
    if (found.data() == nullptr) return std::nullopt;
    return Found{static_cast<std::size_t>(found.data() - text.data()), found.size()};
}

/// The same apart from an evaluation that may be told to stop.
std::optional<Found> firstMatchApart(std::shared_ptr<const re2::RE2> pattern, std::string_view text,
                                     std::int32_t group) {
    const auto found = std::make_shared<std::optional<Found>>();
    const bool done = doneApart([found, pattern = std::move(pattern), own = std::string(text), group](auto&) {
        *found = firstMatch(*pattern, own, group);
    });
    return done ? *found : std::nullopt;
}

/// Group `group` of the first match; NULL without one, or when there is no such group.
Made extract(std::string& out, Expressions& expressions, std::string_view text,
             std::string_view expression, std::int32_t group) {
    auto pattern = expressions.of(expression);
    if (pattern == nullptr) return Made::Error;
    if (group < 0 || group > pattern->NumberOfCapturingGroups()) return Made::Null;
    if (!expressions.canMatch(*pattern, text)) return Made::Error;
    if (expressions.stopped(*pattern, text)) return Made::Null;
    const auto found = Expressions::isLong(*pattern, text) ? firstMatchApart(std::move(pattern), text, group)
                                                           : firstMatch(*pattern, text, group);
    if (!found) return Made::Null;
    out.append(text.substr(found->at, found->size));
    return Made::Value;
}

Vector evaluateExtract(const CallArgs& call) {
    Expressions expressions(call);
    if (call.args.size() == 2) {
        return mapText<std::string_view, std::string_view>(
            call,
            [&](std::string& out, std::string_view text, std::string_view pattern) {
                return extract(out, expressions, text, pattern, 0);
            },
            [&](std::string_view text, std::string_view pattern) {
                return expressions.reason(text, pattern);
            });
    }
    return mapText<std::string_view, std::string_view, std::int32_t>(
        call,
        [&](std::string& out, std::string_view text, std::string_view pattern, std::int32_t group) {
            return extract(out, expressions, text, pattern, group);
        },
        [&](std::string_view text, std::string_view pattern, std::int32_t) {
            return expressions.reason(text, pattern);
        });
}

/// Every match replaced; the replacement is taken as it is, as Flink does. Empty matches as Java has them:
/// also at the end of a match before, which RE2's own GlobalReplace leaves out. `stops` is asked before each.
template <class Stops>
Made replaceAll(std::string& out, const re2::RE2& pattern, std::string_view text, std::string_view with,
                std::size_t longest, const Stops& stops) {
    // RE2 does not say how far it looked.
    const bool far = text.size() > kLeastFar && looksFar({pattern.pattern().data(), pattern.pattern().size()});
    std::size_t copied = 0, looked = 0;
    for (std::size_t from = 0; from <= text.size() && !stops();) {
        looked += far ? text.size() - from : 0;
        if (looked > kMostLookedAt) return Made::Error;
        re2::StringPiece found;
        if (!pattern.Match(piece(text), from, text.size(), re2::RE2::UNANCHORED, &found, 1)) break;
        const auto begin = static_cast<std::size_t>(found.data() - text.data());
        const std::size_t end = begin + found.size();
        if (out.size() + (begin - copied) + with.size() > longest) return Made::Error;
        out.append(text.substr(copied, begin - copied)).append(with);
        copied = from = end;
        if (found.empty()) from += end < text.size() ? characterSize(text, end) : 1;
    }
    if (out.size() + (text.size() - copied) > longest) return Made::Error;
    out.append(text.substr(copied));
    return Made::Value;
}

/// The same apart from an evaluation that may be told to stop.
Made replaceAllApart(std::string& out, std::shared_ptr<const re2::RE2> pattern, std::string_view text,
                     std::string_view with, std::size_t longest) {
    struct Replaced {
        std::string text{};
        Made made = Made::Null;
    };
    const auto replaced = std::make_shared<Replaced>();
    const bool done = doneApart([replaced, pattern = std::move(pattern), own = std::string(text),
                                 put = std::string(with), longest](const std::atomic<bool>& left) {
        replaced->made =
            replaceAll(replaced->text, *pattern, own, put, longest, [&left] { return left.load(); });
    });
    if (!done) return Made::Null;
    out = std::move(replaced->text);
    return replaced->made;
}

Made replaceAll(std::string& out, Expressions& expressions, std::string_view text,
                std::string_view expression, std::string_view with, std::size_t longest) {
    auto pattern = expressions.of(expression);
    if (pattern == nullptr || !expressions.canMatch(*pattern, text)) return Made::Error;
    if (expressions.stopped(*pattern, text)) return Made::Null;
    if (Expressions::isLong(*pattern, text)) return replaceAllApart(out, std::move(pattern), text, with, longest);
    return replaceAll(out, *pattern, text, with, longest, [] { return interrupted(); });
}

Vector evaluateReplaceAll(const CallArgs& call) {
    Expressions expressions(call);
    return mapText<std::string_view, std::string_view, std::string_view>(
        call,
        [&](std::string& out, std::string_view text, std::string_view pattern, std::string_view with) {
            return replaceAll(out, expressions, text, pattern, with, call.work.longestText());
        },
        [&](std::string_view text, std::string_view pattern, std::string_view) {
            return expressions.reasonOfAll(text, pattern);
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
        error.fix = RW_TEXT("sql",
                            "Write one as $.name, $.list[0] or $['a name']. Functions, wildcards and filters "
                            "do not exist here.");
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
            return RW_TEXT("sql", "“%1” is not a JSON path.").with(sql::quoted(path));
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
