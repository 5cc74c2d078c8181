// The writer of one node for another engine is handed this: the node with its parameters, the rows that reach
// it, expressions in the engine's words, and a place for remarks.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/connect/csv/survey.h"
#include "core/deploy/blanks.h"
#include "core/deploy/dialect/dialect.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/validate.h"
#include "core/pipeline/variables.h"

namespace rw {

/// Where the sources' rows are read from.
enum class Sources {
    AsTheyAre,  ///< the files that the pipeline names, as they are
    Staged  ///< copies of them, one `<node>.csv` each in ${staged}: no header, NULL as `<NULL>`, valid rows
            ///< alone
};
/// The statements that are written for the sinks.
enum class Results {
    Sinks,          ///< they write
    Selects,        ///< each is a query whose rows are fetched, changes and all
    SinksAndCharts  ///< they write; charts are such queries, where the engine has them (Flink)
};

struct TranslateOptions {
    ValidateOptions validate{};  ///< folder and variables; `files` does not matter
    Sources sources = Sources::AsTheyAre;
    Results results = Results::Sinks;
    /// Flink: the text is a program of Python, which can define functions (Artefact::python).
    bool python = false;
    /// Flink: where relative paths start. Nothing: that stays open, as ${folder}.
    std::optional<std::string> folder{};
    /// Flink: folders that file sinks write their parts into, where these are not partsFolderOf() their
    /// paths.
    std::map<NodeId, std::string> outputs{};
    /// Flink: surveys of the files of sources, with their columns (CsvSurveyOptions::columns). A source whose
    /// cells need no care there is written as an engineer would write it, which holds while the files stay as
    /// they are.
    std::map<NodeId, CsvSurvey> surveys{};
    /// Why the files of other sources were not read, which is said of these.
    std::map<NodeId, Text> unread{};
};

/// A piece of the script or program, which one node is the reason of.
struct Statement {
    enum class Kind {
        Setting,   ///< of the session
        Table,     ///< a table outside: CREATE TABLE
        View,      ///< rows in between
        Function,  ///< one in Python, of a program that can define such: TranslateOptions::python
        Insert,    ///< into a sink
        Select     ///< a query to fetch
    };
    Kind kind = Kind::View;
    NodeId node{};       ///< empty: of the whole
    std::string note{};  ///< “port late”, “every row in its window”: after the node in its comment
    std::string text{};  ///< without a `;`; Spark, and Function: lines of Python
    /// View, Function: its name, that of a function quoted; Insert: the table; Select: the sink.
    std::string name{};
    std::string type{};  ///< of the node
    /// Table of a file sink on Flink, Insert of one on Spark: the folder that it writes its parts into.
    std::string output{};
};

/// The name of a source's copy in ${staged}: of one inside a subflow “outer.inner.csv”.
std::string stagedFileOf(const NodeId& source);
/// The folder that a cluster writes the parts of a file into, “out.csv.parts” of “out.csv”: a run here leaves
/// the file itself, beside which no folder of its name could lie.
std::string partsFolderOf(const std::string& path);
/// The relation that an output of a node is: its id, or “id$port” of another port than the first.
std::string relationOf(const NodeId& node, const NodeKind& kind, std::string_view output);

/// Event time that an event_time node declares right behind a source that has none of its own: engines that
/// can mark it where rows are read alone do so there.
struct EventTimeMark {
    NodeId by{};      ///< the event_time node
    int column = -1;  ///< of the source's columns
    Millis delay = 0;
    bool alone = false;  ///< nobody but that node takes the source's rows
    /// The source's text declares it on the column itself, for every row has its time.
    bool onColumn = false;
};

/// The common base of both engines' forms. One node; single-threaded; refers to objects that outlive it.
class NodeForm {
 public:
    struct Input {
        StreamType type{};
        NodeId node{};           ///< the sender
        std::string port{};      ///< by which of its outputs
        std::string relation{};  ///< which that output is
    };
    NodeForm(const Dialect& dialect, const Node& raw, BindContext& params,
             std::vector<std::vector<Input>> inputs, const BoundNode& bound, const NodeKind& kind,
             std::vector<std::string> wiredOutputs, const Variables& variables,
             const TranslateOptions& options, Blanks& blanks);

    const NodeId& id() const;
    const NodeKind& kind() const { return m_kind; }
    /// The name of the pipeline; empty: it has none.
    const std::string& pipeline() const { return m_pipeline; }
    void setPipeline(std::string name) { m_pipeline = std::move(name); }
    const BoundNode& bound() const { return m_bound; }
    /// Of a source and of the event_time node right behind it; nothing for all others.
    const std::optional<EventTimeMark>& mark() const { return m_mark; }
    void setMark(EventTimeMark mark) { m_mark = std::move(mark); }
    /// EventTimeMark::onColumn; of a source that has a mark. The event_time node is written afterwards.
    void markOnColumn() { m_mark->onColumn = true; }
    /// Parameters with their defaults, variables put in; core/nodes can read them again (bindWindow(),
    /// bindJoin(), bindFrame() …). Issues that it collects are dropped.
    BindContext& params() { return m_params; }
    /// The text of a parameter, or of an element of a list, as it is in the file: with `${name}`.
    std::string raw(std::string_view param, int item = -1) const;
    const TranslateOptions& options() const { return m_options; }
    const Dialect& dialect() const { return m_dialect; }

    const std::vector<Input>& inputs(int port = 0) const { return m_inputs[static_cast<std::size_t>(port)]; }
    const StreamType& input(int port = 0) const { return inputs(port).front().type; }
    const StreamType& output(int port = 0) const;
    /// Whether a wire leaves by it, so that a node reads it.
    bool wired(std::string_view output) const;
    /// The relation that brings the rows of a wire, not quoted: “bids”, “bids$rejected”.
    std::string from(int port = 0, std::size_t wire = 0) const;
    /// The relation of an output: the node's id, or “id$port” of another port than the first.
    std::string relation(std::string_view output = {}) const;
    /// A helper's name: “id$cells”.
    std::string helper(std::string_view part) const;

    std::string quoted(std::string_view name) const { return m_dialect.words().identifier(name); }
    /// Names of columns, quoted, with commas: of all of a schema.
    std::string columnList(const Schema& schema, std::string_view qualifier = {}) const;

    // Parameters in the engine's words. Variables stay where a literal can hold them. Remarks on them are added
    // with their place. Parameters were validated: they can be parsed.
    std::string condition(std::string_view param, const sql::Scope& scope,
                          const std::function<std::string(int)>& column = {});
    /// An element of a select list: the expression, and its name; `*` gives nothing.
    struct Item {
        std::string text{};  ///< empty: `*`
        std::string name{};
        int column = -1;      ///< the input column that it passes on untouched
        bool isText = false;  ///< it is a literal of STRING
    };
    Item item(std::string_view param, int item, const sql::Scope& scope);
    std::string expression(std::string_view param, int item, std::string_view text, const sql::Scope& scope,
                           const std::function<std::string(int)>& column = {});
    /// Elements of `aggregates`: calls with their names, “COUNT(*) AS `n`”. `column`: as in expression().
    struct Aggregate {
        std::string call{}, name{};
        std::string function{};
    };
    std::vector<Aggregate> aggregates(const Schema& input,
                                      const std::function<std::string(int)>& column = {});

    /// What `words` gives for a text of the parameter, which may be a part of it. Remarks that are added
    /// meanwhile get their place there.
    std::string inWords(std::string_view param, int item, std::string_view text,
                        const std::function<std::string(const WriteScope&)>& words);

    /// Something to say of the node.
    Remark& find(Verdict verdict, Text what, std::string_view param = {});
    /// The verdict stands only while this holds.
    Remark& when(Text condition, Verdict verdict = Verdict::Exact);
    const std::vector<Remark>& findings() const { return m_findings; }
    bool refused() const;

    Statement& statement(Statement::Kind kind, std::string name, std::string text, std::string note = {});
    std::vector<Statement> takeStatements() { return std::move(m_statements); }

    /// “${name}” for something that the text leaves open (FormConnection).
    std::string blank(Blank blank);
    /// How often each “${name}” was asked for: so often it stands in the node's statements.
    const std::map<std::string, int>& placed() const { return m_placed; }
    /// A library that the engine does not come with, as Maven calls it: “org.postgresql:postgresql:42.7.7”.
    void needs(std::string package) { m_packages.push_back(std::move(package)); }
    const std::vector<std::string>& packages() const { return m_packages; }
    /// What it promises of rows that come twice, or get lost, holds by the engine's checkpoints.
    void needsCheckpoints() { m_checkpoints = true; }
    bool checkpoints() const { return m_checkpoints; }

 private:
    using Columns = std::function<std::string(int)>;
    std::string write(std::string_view param, int item, std::string_view text, const SchemaRef& schema,
                      const Columns& column, const std::function<std::string(const WriteScope&)>& words);
    /// The parameter, or the element, as the file has it; null: it has none.
    const Json& fileText(std::string_view param, int item) const;
    std::string writeTree(std::string_view param, int item, std::string_view text, const sql::Scope& scope,
                          const Columns& column, const sql::Parsed<sql::TypedTree>& typed);
    void refuseText(std::string_view param, int item, const sql::SqlError& error);

    const Dialect& m_dialect;
    const Node& m_raw;
    BindContext& m_params;
    std::vector<std::vector<Input>> m_inputs;
    const BoundNode& m_bound;
    const NodeKind& m_kind;
    std::vector<std::string> m_wiredOutputs;
    const Variables& m_variables;
    const TranslateOptions& m_options;
    Blanks& m_blanks;
    std::map<std::string, int> m_placed{};
    std::string m_pipeline{};
    std::vector<std::string> m_packages{};
    bool m_checkpoints = false;
    std::vector<Remark> m_findings{};
    std::vector<Statement> m_statements{};
    std::optional<EventTimeMark> m_mark{};
};

/// How nodes of one type are written for an engine. One that can't be there, for a reason of its own, has a
/// row without `write`.
struct NodeFormEntry {
    std::string_view type{};
    Verdict verdict = Verdict::Exact;  ///< in general, for the help's table
    Text what{};                       ///< why, where it is not exact; findings of `write` say it of a node
    Text fix{};                        ///< of a refused one
    /// Writes statements for all wired outputs and adds the remarks; null: refused, with `what`,
    /// `fix`.
    void (*write)(NodeForm& form) = nullptr;
    bool keepsState = false;  ///< there: rows, sums or keys, of which there may be more than memory holds
};
/// NodeFormEntry::keepsState, in a row of a table.
constexpr bool kKeepsState = true;

}  // namespace rw
