// A call as the functions of a table's rows see it: its arguments in words, and patterns filled with them.
#include <algorithm>
#include <array>

#include "core/deploy/dialect/writer.h"
#include "core/sql/coercion.h"

namespace rw {

namespace {

constexpr std::string_view kEnds = " ";

Binding nextTighter(Binding binding) {
    return binding == Binding::Call ? binding : static_cast<Binding>(static_cast<int>(binding) + 1);
}

/// Whether one of these words stands at that end of a text, or a bracket or comma does.
bool isOpen(std::string_view before) {
    constexpr std::array<std::string_view, 10> kWords{"FROM", "WHEN", "THEN",    "ELSE",     "FOR",
                                                      "CASE", "BOTH", "LEADING", "TRAILING", "DISTINCT"};
    const std::string_view text = before.substr(0, before.find_last_not_of(kEnds) + 1);
    if (text.empty()) return false;
    if (text.back() == '(' || text.back() == ',') return true;
    const std::string_view word = text.substr(text.find_last_of(" (,") + 1);
    return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}
bool isClosed(std::string_view after) {
    constexpr std::array<std::string_view, 8> kWords{"AS",   "FROM", "WHEN", "THEN",
                                                     "ELSE", "END",  "TO",   "FOR"};
    const std::size_t begin = after.find_first_not_of(kEnds);
    if (begin == std::string_view::npos) return false;
    const std::string_view text = after.substr(begin);
    if (text.front() == ')' || text.front() == ',') return true;
    const std::string_view word = text.substr(0, text.find_first_of(" ),"));
    return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

/// “a AND b” of a pattern “$1 AND $2”: the text between, when that is all.
std::string_view betweenTwo(std::string_view pattern) {
    if (!pattern.starts_with("$1 ") || !pattern.ends_with(" $2")) return {};
    return pattern.substr(2, pattern.size() - 4);
}

bool isArgumentDigit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

std::string Written::in(Binding around) const {
    return binding < around ? "(" + text + ")" : text;
}

Written CallForm::plain(std::size_t i) const {
    return writePart(m_dialect, m_tree, argument(i), m_scope, m_guarded || guards(i));
}

Written CallForm::written(std::size_t i) const {
    const sql::TypedPart& part = typed(i);
    const bool mixes =
        m_form != nullptr && m_form->mixesNumbers && part.type.isNumeric() && part.as.isNumeric();
    if (part.type == part.as || mixes) return plain(i);
    if (argument(i).kind == sql::Expr::Kind::Literal) {
        if (auto literal = writeLiteral(m_dialect, argument(i), part.as, m_scope)) return *literal;
    }
    // Numbers widen; only texts that stand for something else can fail.
    const bool fails = part.type.is(TypeId::String) && sql::castCanFail(part.type, part.as);
    if (fails) findFailing(guards(i) || m_call.name == "NULLIF");
    return writeConversion(m_dialect, plain(i), part.type, part.as, fails && nullOnError());
}

bool CallForm::guards(std::size_t i) const {
    using Kind = sql::Expr::Kind;
    const std::string_view name = m_call.name;
    if (m_call.kind == Kind::Case) {
        // A result that becomes NULL makes the whole NULL; conditions and compared values do not.
        const std::size_t first = m_call.simple ? 1 : 0;
        return i < first || ((i - first) % 2 == 0 && i + 1 < count());
    }
    if (m_call.kind == Kind::Cast) return false;
    if (name == "COALESCE" || name.starts_with("IS ")) return true;
    if (name == "IF") return i == 0;
    if (name == "NULLIF" || name == "IN" || name == "BETWEEN" || name == "CONCAT_WS") return i > 0;
    return (name == "AND" || name == "OR") && i + 1 < count();
}

std::string CallForm::argumentIn(std::string_view pattern, std::size_t begin, std::size_t end, std::size_t i,
                                 Binding binding) const {
    const std::string_view before = pattern.substr(0, begin);
    if (isOpen(before) && isClosed(pattern.substr(end))) return text(i);
    if (binding == Binding::Call) return in(i, Binding::Call);
    const bool continues = binding == Binding::Or || binding == Binding::And || binding == Binding::Add ||
                           binding == Binding::Multiply;
    return in(i, before.empty() && continues ? binding : nextTighter(binding));
}

Written CallForm::filled(std::string_view pattern, Binding binding) const {
    std::string out;
    const std::string_view between = betweenTwo(pattern);
    if (count() > 2 && !between.empty()) {
        for (std::size_t i = 0; i < count(); ++i) {
            out += (i == 0 ? std::string() : std::string(between)) +
                   in(i, i == 0 ? binding : nextTighter(binding));
        }
        return {std::move(out), binding};
    }
    const auto list = [&](std::size_t first) {
        for (std::size_t i = first; i < count(); ++i) out += (i == first ? "" : ", ") + text(i);
    };
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const char next = at + 1 < pattern.size() ? pattern[at + 1] : ' ';
        if (pattern[at] != '$' || (next != '*' && next != 'u' && !isArgumentDigit(next))) {
            out += pattern[at];
            continue;
        }
        const std::size_t begin = at++;
        if (next == '*') {
            list(0);
        } else if (next == 'u') {
            out += m_call.unit;
        } else {
            const auto i = static_cast<std::size_t>(next - '1');
            if (pattern.substr(at + 1).starts_with('*')) {
                ++at;
                list(i);
            } else {
                out += argumentIn(pattern, begin, at + 1, i, binding);
            }
        }
    }
    return {std::move(out), binding};
}

bool CallForm::comparesInSeveralWays() const {
    // CASE has results between the values that are compared.
    const std::size_t step = m_call.kind == sql::Expr::Kind::Case ? 2 : 1;
    const Type value = typed(0).type, as = typed(0).as;
    const auto family = [](Type type) { return type.isNumeric() ? TypeId::Int : type.id; };
    bool texts = value.is(TypeId::String), several = false;
    for (std::size_t i = 1; i + step <= count(); i += step) {
        const Type other = typed(i).type;
        if (other.is(TypeId::Null)) continue;
        texts = texts || other.is(TypeId::String);
        several = several || family(typed(i).as) != family(as);
        // A text is read as each number's type: '12.5' is 12 to an INT.
        if (value.is(TypeId::String) && sql::comparisonType(value, other) != as) return true;
    }
    return texts && several;
}

void CallForm::refuseMixture(Text fix) const {
    if (!comparesInSeveralWays()) return;
    const std::string name = m_call.kind == sql::Expr::Kind::Case ? "CASE" : m_call.name;
    find(Verdict::Refused,
         RW_TEXT("deploy", "%1 compares all values of %2 as one type.")
             .with(engineName(m_dialect.engine()), name),
         {}, std::move(fix));
}

bool CallForm::makesBytesOfBase64() const {
    return m_call.kind == sql::Expr::Kind::Cast && m_call.castType.is(TypeId::Bytes) &&
           argument(0).kind == sql::Expr::Kind::Call && argument(0).name == "FROM_BASE64";
}

bool CallForm::hasVariables(std::size_t i) const {
    return argument(i).kind == sql::Expr::Kind::Literal && !keptLiteral(argument(i), m_scope).empty();
}

void CallForm::find(Verdict verdict, Text what, Text condition, Text fix) const {
    if (m_scope.findings == nullptr) return;
    Remark remark;
    remark.verdict = verdict;
    remark.what = std::move(what);
    remark.condition = std::move(condition);
    remark.fix = std::move(fix);
    remark.position = m_call.span.begin;
    remark.length = m_call.span.end - m_call.span.begin;
    m_scope.findings->push_back(std::move(remark));
}

void CallForm::findFailing(bool guarded) const {
    if (!nullOnError() || m_guarded || guarded) find(Verdict::Exact, {}, RW_TEXT("deploy", "no row fails"));
}

}  // namespace rw
