// An engine's words for expressions: a table with a row for each function and aggregate of ours, and the
// writer that walks a typed tree by it. The tables also make the help's lists and are tried against real
// engines.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/deploy/verdict.h"
#include "core/sql/aggregates/typed_aggregate.h"
#include "core/sql/bind/typed_tree.h"

namespace rw {

/// How tightly a written expression holds together, from loosest to tightest; SQL's own order, which Flink
/// and Spark share.
enum class Binding { Or, And, Not, Compare, Add, Multiply, Unary, Call };

/// An expression as the engine reads it.
struct Written {
    std::string text;
    Binding binding = Binding::Call;
    /// In brackets where it would come apart in a place that holds together so tightly.
    std::string in(Binding around) const;
};

class CallForm;

/// How calls of one function are written.
struct FunctionForm {
    std::string_view
        name{};  ///< as in core/sql/functions; operators by their symbol, "EXTRACT", "CASE", "CAST"
    Verdict verdict = Verdict::Exact;
    /// `$1`, `$2`: the arguments; `$*`: all, with commas between; `$2*`: all from the second on; `$u`: the
    /// unit. “$1 AND $2” goes on so for a call of more. Empty: `write` does it; with neither the function is
    /// refused.
    std::string_view pattern{};
    /// Of the pattern. Arguments get brackets by it where no bracket, comma or word like FROM stands around
    /// them.
    Binding binding = Binding::Call;
    Text what{}, condition{}, fix{};  ///< as in Remark; said once for each call
    /// Where the words go by types, units or literals. It may add findings of its own.
    Written (*write)(CallForm& call) = nullptr;
    /// Numbers of several types may meet in it: the engine converts them as we do, so no conversion of one
    /// number to another type is written.
    bool mixesNumbers = false;
};

/// How calls of one aggregate are written, in a GROUP BY or in a window.
struct AggregateForm {
    std::string_view name{};
    Verdict verdict = Verdict::Exact;
    /// `$1`: the argument, after DISTINCT where that is written; `$p`: the fraction of PERCENTILE; `$s`: the
    /// separator of LISTAGG as a literal; `$t`: the type of the result. Empty: refused.
    std::string_view pattern{};
    /// The type that the argument is first cast to, by its own; Null: none. SUM of INT is BIGINT here, INT in
    /// Flink.
    Type (*castTo)(Type argument) = nullptr;
    bool filters = true;  ///< takes FILTER (WHERE …); else the argument becomes CASE WHEN … THEN … END
    Text what{}, condition{}, fix{};
    bool keepsDistinct = true;  ///< DISTINCT is written before `$1`; else the pattern sees to it
    /// The row of one call, where words or verdict go by types or DISTINCT; null: this row.
    AggregateForm (*of)(const AggregateForm& row, const sql::TypedAggregate& aggregate) = nullptr;
};

/// The new last row of a table, which stays where it is until the next is added.
AggregateForm& addRow(std::vector<AggregateForm>& rows, std::string_view name, std::string_view pattern);

/// Differences between engines in the rest of a tree: names, literals, types, CASE, CAST.
struct DialectWords {
    std::string (*identifier)(std::string_view name) = nullptr;
    std::string (*literal)(const Value& value, Type type) = nullptr;
    std::string (*type)(Type type) = nullptr;
    /// A conversion, written or implied, where the engine's CAST differs from ours; null: CAST, or TRY_CAST
    /// where a value that can't be converted is NULL.
    Written (*cast)(const Written& value, Type from, Type to, bool orNull) = nullptr;
    /// A number that is written with variables gets a cast to its DECIMAL type: its digits alone do not tell
    /// it.
    bool decimalsByCast = false;
};

class Dialect {
 public:
    Dialect(Engine engine, DialectWords words, std::vector<FunctionForm> functions,
            std::vector<AggregateForm> aggregates);

    Engine engine() const { return m_engine; }
    const DialectWords& words() const { return m_words; }
    const std::vector<FunctionForm>& functions() const { return m_functions; }
    const std::vector<AggregateForm>& aggregates() const { return m_aggregates; }
    const FunctionForm* function(std::string_view name) const;
    const AggregateForm* aggregate(std::string_view name) const;

 private:
    Engine m_engine;
    DialectWords m_words;
    std::vector<FunctionForm> m_functions;
    std::vector<AggregateForm> m_aggregates;
};

/// A stretch of a parameter's text that a variable stands for: bytes [begin, end) of the text with its value.
struct VariableSpan {
    std::size_t begin = 0, end = 0;
    std::string name{};
};

/// The scope in which a tree is written.
struct WriteScope {
    /// The column of the scope as the relation around the expression names it, quoted: “`left`.`id`”.
    std::function<std::string(int column)> column;
    /// The text that the tree was parsed from, but with the variables that stay as `${name}`, and their values
    /// in it: a literal that holds one is written so. Empty: values are written.
    std::string_view raw{};
    std::vector<VariableSpan> variables{};
    bool localZone = false;    ///< times of texts are those of this computer's zone: time_zone "local"
    bool nullOnError = false;  ///< on_error "null": CAST as TRY_CAST, division by NULLIF(…, 0)
    /// Remarks on its words are added here, with places in the text that the tree was parsed from.
    std::vector<Remark>* findings = nullptr;
};

/// The tree in the dialect's words; refusals are among the findings, and something readable is written all
/// the same. Implicit conversions between types are written where the engine's rules may differ.
Written writeExpression(const Dialect& dialect, const sql::TypedTree& tree, const WriteScope& scope);
/// “SUM(CAST(`v` AS BIGINT)) FILTER (WHERE …)” without the name. Argument and filter have no variables kept.
std::string writeAggregate(const Dialect& dialect, const sql::TypedAggregate& aggregate,
                           const WriteScope& scope);

/// A call, as FunctionForm::write sees it.
class CallForm {
 public:
    /// `form`: the row of the call; `guarded`: something around does not pass a NULL of the call on.
    CallForm(const Dialect& dialect, const sql::TypedTree& tree, const sql::Expr& call,
             const WriteScope& scope, const FunctionForm* form = nullptr, bool guarded = false)
        : m_dialect(dialect), m_tree(tree), m_call(call), m_scope(scope), m_form(form), m_guarded(guarded) {}
    const sql::Expr& call() const { return m_call; }
    const sql::TypedPart& part() const { return m_tree.of(m_call); }
    std::size_t count() const { return m_call.args.size(); }
    const sql::Expr& argument(std::size_t i) const { return *m_call.args[i]; }
    const sql::TypedPart& typed(std::size_t i) const { return m_tree.of(argument(i)); }
    /// Argument `i`, converted to the type that the call wants where it has another.
    Written written(std::size_t i) const;
    /// Argument `i` as it is.
    Written plain(std::size_t i) const;
    /// The call by a pattern, as that of a row.
    Written filled(std::string_view pattern, Binding binding = Binding::Call) const;
    std::string in(std::size_t i, Binding around) const { return written(i).in(around); }
    std::string text(std::size_t i) const { return written(i).text; }
    /// The call that argument `i` is.
    CallForm inner(std::size_t i) const {
        return {m_dialect, m_tree, argument(i), m_scope, m_dialect.function(argument(i).name), m_guarded};
    }
    /// CAST(FROM_BASE64(…) AS BYTES), which makes no text on its way.
    bool makesBytesOfBase64() const;
    bool nullOnError() const { return m_scope.nullOnError; }
    bool localZone() const { return m_scope.localZone; }
    /// Refuses BETWEEN, IN or CASE where a text is compared in several ways, with one value as a number and
    /// with another as a text or another number: each pair has its own way here, all have one there.
    void refuseMixture(Text fix) const;
    /// Whether argument `i` is a literal that is written with variables: its value is that of one run.
    bool hasVariables(std::size_t i) const;
    const Dialect& dialect() const { return m_dialect; }
    /// Said of this call.
    void find(Verdict verdict, Text what, Text condition = {}, Text fix = {}) const;
    /// Said of a call that fails a row here: it ends the job there, or is made NULL (nullOnError), which is
    /// the same only where the whole expression becomes NULL by it. `guarded`: the call itself does not pass
    /// such a NULL on.
    void findFailing(bool guarded = false) const;

 private:
    bool guards(std::size_t i) const;
    bool comparesInSeveralWays() const;
    std::string argumentIn(std::string_view pattern, std::size_t begin, std::size_t end, std::size_t i,
                           Binding binding) const;
    const Dialect& m_dialect;
    const sql::TypedTree& m_tree;
    const sql::Expr& m_call;
    const WriteScope& m_scope;
    const FunctionForm* m_form;
    bool m_guarded;
};

}  // namespace rw
