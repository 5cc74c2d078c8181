// The definition of a node type: its ports, parameters, how it is typed (bind) and how it is made (make).
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/status.h"
#include "core/base/time.h"
#include "core/data/schema.h"
#include "core/pipeline/guarantee.h"
#include "core/pipeline/issue.h"
#include "core/pipeline/known_connection.h"
#include "core/pipeline/param_spec.h"
#include "core/pipeline/pipeline.h"

namespace rw {

class Combiner;
class Operator;
class Source;
class Sink;
struct MakeContext;
struct SubjectContent;   // core/connect: what a look at a connection found
struct SubjectProposal;  // subject_proposal.h

enum class PortRole { Rows, Late, Rejected };

/// The stream on a wire, as far as design time knows it.
struct StreamType {
    SchemaRef schema = std::make_shared<Schema>();
    int eventTime = -1;      ///< index of the event-time column, or -1
    bool updating = false;   ///< rows may be changed and withdrawn
    std::vector<int> key{};  ///< updating: the columns that name a row; none: there is one row at most
    /// Updating, and no columns name a row (`key` is empty): a row may be there several times, and one that
    /// is taken back is any that is equal to it in all columns.
    bool multiset = false;
    bool made = false;      ///< rows made by a window, join, over, sort or deduplicate node: no position
    bool rejected = false;  ///< rows that some node or source rejected: no position either
    bool windowed = false;  ///< rows of windows: carries window_start, window_end, window_time
    /// Rows were kept until the watermark had come to them (sort): Batch::arrived is not that of each row.
    bool held = false;
    /// Rows come in the order of their source. Not behind a union of several wires, nor by the late port of a
    /// node behind which several wires or tasks meet, however many tasks there are in this run (event-time
    /// rules, 9).
    bool sourceOrder = false;
    /// Several rows may have one position: flatten and lookup_join made them of one row.
    bool sharedPositions = false;
    /// The kind of port that the rows left a node above by. The rejected rows of a source count as its rows:
    /// they have their place in it.
    PortRole leftBy = PortRole::Rows;
    bool operator==(const StreamType& other) const;
    /// Whether there are rows of one time that nothing but their columns puts in order (event-time rules, 9).
    bool orderedByColumns() const { return made || sharedPositions; }
};

struct PortSpec {
    std::string name;  ///< “in”, “out”, “late”, “rejected”, “left” …
    Text label;
    PortRole role = PortRole::Rows;
    bool many = false;  ///< an input that takes several wires (union)
};

enum class NodeGroup { Source, Transform, Window, Sink };

/// How rows must be spread over the parallel instances of a node.
struct Distribution {
    enum class Kind {
        Stateless,  ///< any instance may take any row: fused into its producer
        Keyed,      ///< rows of equal keys go to one instance
        Single      ///< one instance takes all rows in order
    };
    Kind kind = Kind::Stateless;
    std::vector<std::vector<int>> keys{};  ///< Keyed: key columns for each input port
};

/// The table in which a sink keeps its rows, each column under its name.
struct StoredTable {
    std::string file{};        ///< an SQLite file, absolute; empty: the table is behind a connection
    std::string connection{};  ///< its name
    std::string schema{}, table{};
    /// A row takes the place of the one before that has its key.
    bool byKey = false;
    bool operator==(const StoredTable&) const = default;
};

/// The numbers that a chart marks above its threshold, as a rule on the rows of its input.
struct ThresholdRule {
    std::vector<std::string> columns{};  ///< of a row: it is beyond the threshold where one of them is
    std::vector<std::string> keys{};     ///< the rows of each of their values are judged by themselves
    /// Not empty: no row has the number. It is this aggregate of the newest `span`, “AVG(load)”, over all
    /// rows.
    std::string aggregate{};
    Millis span = 0;
    Text refusal{};  ///< why no alert can be made of it, and what helps; empty: one can
    std::string judge{};     ///< the type of the nodes that judge such a rule
    std::string computer{};  ///< the type of the nodes that compute `aggregate` before one
};

/// What people can ask of a node while it runs.
enum class NodeRequest {
    ResetModel  ///< it forgets what it has learnt
};

/// Set of columns by index, sized like the schema; true: wanted.
using ColumnSet = std::vector<bool>;

/// The result of binding one node: immutable, shared by plan and instances. Node types derive from it.
class BoundNode {
 public:
    virtual ~BoundNode() = default;

    std::vector<StreamType> outputs{};  ///< one per output port of the NodeKind
    Distribution distribution{};
    Text state{};                   ///< the state that it keeps and until when, for explain; empty: none
    Text watermark{};               ///< how its watermark is made; empty: it is the smallest of its inputs
    Text summary{};                 ///< one line for the card: “TUMBLE 10 s · by core · AVG(load)”
    bool live = false;              ///< a source that does not end by itself
    bool readOnce = false;          ///< a source that can't give its rows again: a pipe
    bool assignsEventTime = false;  ///< gives rows new stamps in source order (event_time)
    /// Looks at the stamps of clean rows, too: all batches of rows with positions carry them (event-time
    /// rules, 17).
    bool readsStamps = false;
    /// Of a node that never forgets a key: what its user can do about that; empty: it forgets them, or has
    /// none. Shown when the keys of a run without end become very many.
    Text keepsKeys{};
    /// Lets rows go on in the order in which they came, when the clock says so (Operator::wakesAt). One task.
    bool paced = false;
    /// Lets rows go on in the order in which they came, when the outside world has answered their requests
    /// (AsyncOperator). One task.
    bool waits = false;
    bool holdsRows() const { return paced || waits; }  ///< between calls (Operator::wakesAt)
    /// Does something when nothing comes for a while of the run's clock (Operator::wakesAt), and takes its
    /// input meanwhile. One task.
    bool judgesSilence = false;
    /// Where several tasks send rows to it, each adds up those of a batch first (NodeKind::makeCombiner), so
    /// that rows of one key, or all where there are no keys, are not the work of one task alone.
    bool combines = false;
    /// An instance can have state in files, so that it keeps no more in memory than it may
    /// (MakeContext::stateMemory).
    bool spills = false;
    /// Resources that a run reads, writes or sends to besides the files of path parameters: readings of the
    /// machine, servers. The user must agree before the first run of a pipeline of others.
    std::vector<Access> accesses{};
    /// A sink: the SQLite file that it writes, in which the checkpoints of a run may lie, so that they change
    /// in one transaction with its rows; empty: it writes none.
    std::string keepsCheckpoints{};
    /// A sink that decides which checkpoints count (Sink::decides): what it decides with, a connection; a run
    /// can have one. Empty: it does not decide.
    std::string decidesWith{};
    /// Of such a sink: the value of a parameter of choices with which it would not decide.
    struct Waiver {
        std::string param{}, value{};
    };
    Waiver waiver{};
    /// Of such a sink: what it was given is lost when no checkpoint comes for so long, as the parameter says;
    /// 0: it waits for ever.
    struct CommitsWithin {
        std::string param{};
        Millis longest = 0;
    };
    CommitsWithin commitsWithin{};
    /// Of a source or sink of rows that outlive the run.
    Guarantee guarantee{};
    /// Of a sink of rows that other programs can read as a table.
    std::optional<StoredTable> stores{};
    /// A source with event time: its watermark is so far behind the newest stamp.
    Millis watermarkDelay = 0;
    /// event_time: after so long without a row, a source above that has no event time of its own is idle.
    std::optional<Millis> idleTimeout{};
    /// A chart that marks values above one that it was given.
    std::optional<ThresholdRule> threshold{};

    /// Which columns of each input port are read when `wanted` columns of each output port are. Default: all.
    /// A column that is passed on untouched is read only when it is wanted; one that the operator itself
    /// looks at always is, for it may be missing from batches otherwise. Keys of the distribution and event
    /// time are added by the planner.
    virtual std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                         const std::vector<StreamType>& inputs) const;
};
using BoundNodeRef = std::shared_ptr<const BoundNode>;

/// The sender of a wire's rows, and the port where they arrive; for messages and their fixes.
struct Producer {
    NodeId node{};
    std::string input = std::string(kDefaultInput);  ///< the port that the wire leads to
    std::string title{};                             ///< as the canvas shows it
    bool marksEventTime = false;                     ///< has a parameter `event_time`: a source
    std::vector<std::string> keys{};                 ///< by which it makes its rows: of windows and groups
    /// Of rows that were made (StreamType::made): the title of the first node on their way that makes rows.
    std::string maker{};
};

/// The input of bind(). Reports problems through issue(); the node is unusable when any of them is an error.
class BindContext {
 public:
    BindContext(const Node& node, const std::vector<ParamSpec>& specs, const Settings& settings,
                std::string folder, std::vector<std::vector<StreamType>> inputs, std::vector<Issue>& issues,
                std::vector<std::vector<Producer>> producers = {});

    const Node& node() const { return m_node; }
    const Settings& settings() const { return m_settings; }
    const std::string& folder() const { return m_folder; }           ///< relative paths start here
    int ports() const { return static_cast<int>(m_inputs.size()); }  ///< input ports
    /// One entry per wire at input port `port`, in the order of the file. Ports that must be wired are.
    const std::vector<StreamType>& wires(int port = 0) const {
        return m_inputs[static_cast<std::size_t>(port)];
    }
    /// The stream at an input that takes one wire.
    const StreamType& input(int port = 0) const { return wires(port).front(); }

    /// Name of input port `port`, for issues about it.
    std::string portName(int port) const;
    /// The sender of the rows of wire `wire` at input port `port`.
    Producer producer(int port = 0, std::size_t wire = 0) const;

    // Parameters with their defaults, after variables were put in. Wrong JSON types were reported before
    // bind() and read as the default here.
    const Json& json(std::string_view param) const;
    bool has(std::string_view param) const;  ///< given, or has a default
    std::string text(std::string_view param) const;
    Text choice(std::string_view param) const;  ///< the label of a Choice's value
    bool flag(std::string_view param) const;
    double number(std::string_view param) const;
    std::int64_t integer(std::string_view param) const;
    Millis duration(std::string_view param) const;
    std::vector<std::string> list(std::string_view param) const;
    std::string path(std::string_view param) const;  ///< absolute; “-” stays

    /// Of a parameter of ParamKind::Connection: to what kind of system the connection leads that it names;
    /// empty: that is not known here, for it is no name of this computer, or nobody was asked.
    std::string connectionKind(std::string_view param) const;
    /// The same of the connection of that name.
    std::string kindOfConnection(std::string_view name) const;
    /// The connections of this computer; null: nobody was asked.
    void setConnections(KnownConnections connections) { m_connections = std::move(connections); }

    /// Reports a problem with this node; gives the entry for further words.
    Issue& issue(Severity severity, std::string_view param, Text message, Text fix = {});
    Issue& error(std::string_view param, Text message, Text fix = {}) {
        return issue(Severity::Error, param, std::move(message), std::move(fix));
    }
    bool failed() const { return m_failed; }  ///< an error was reported for this node

 private:
    const ParamSpec* spec(std::string_view param) const;
    const Node& m_node;
    const std::vector<ParamSpec>& m_specs;
    const Settings& m_settings;
    std::string m_folder;
    std::vector<std::vector<StreamType>> m_inputs;
    std::vector<Issue>& m_issues;
    std::vector<std::vector<Producer>> m_producers;
    KnownConnections m_connections{};
    bool m_failed = false;
};

using Made = std::variant<std::unique_ptr<Operator>, std::unique_ptr<Source>, std::unique_ptr<Sink>>;
using BindFn = BoundNodeRef (*)(BindContext&);  ///< null when issues were reported
/// Reports errors that the files of a bound node reveal. bind() looks at no file: it is called with
/// every move of a wire that is being drawn, on the thread that draws.
using FilesFn = void (*)(const BoundNode&, BindContext&);
using MakeFn = Result<Made> (*)(const BoundNode&, const MakeContext&);
/// Makes the combiner that adds up rows on their way to an operator of the bound node
/// (core/stream/combiner.h); only of nodes that BoundNode::combines.
using MakeCombinerFn = std::unique_ptr<Combiner> (*)(const BoundNode&, const MakeContext&);
/// Guesses the parameter `columns` of a source, or of a node that reads a table, from the file that its other
/// parameters (variables put in) point at; relative paths start at `folder`. Reads a little of it: it may
/// take a moment.
using InferFn = Result<std::vector<std::string>> (*)(const Json& params, const std::string& folder);

/// What fits what is in the topic or the table that a parameter (ParamSpec::subject) names, with the node's
/// other parameters as they are. May take a moment; looks at nothing else.
using ProposeFn = SubjectProposal (*)(const SubjectContent& content, const Json& params);

/// The ports of one node.
struct Ports {
    std::vector<PortSpec> inputs, outputs;
};
using PortsFn = Ports (*)(const Json& params);

/// The role of a node type in subflows (core/pipeline/subflow.h).
enum class SubflowRole {
    None,
    Whole,  ///< gives way to the nodes of another file before anything is typed: it has no bind and no make
    Input,  ///< a port of the file that it is in, where that stands for a node elsewhere
    Output
};

/// An entry of the palette: a node type, possibly with some parameters preset.
struct PaletteEntry {
    Text name;
    Text hint;         ///< one short line
    std::string icon;  ///< file name in resources/icons, without ending
    Json params = Json::object();
};

/// A sort of files that a source reads: one that is dropped on the window becomes such a node.
struct FileSort {
    std::string ending;            ///< of its name, “.csv”, in small letters
    Json params = Json::object();  ///< parameters to read it, besides its path and its columns
};

struct NodeKind {
    std::string type;
    NodeGroup group = NodeGroup::Transform;
    Text name;                          ///< “Window aggregate”
    std::vector<PaletteEntry> palette;  ///< at least one
    std::vector<PortSpec> inputs, outputs;
    /// Nodes whose ports go by their parameters (route): the ports of one with `params`, variables not put
    /// in. Wrong parameters give the ports that can be told. Null: `inputs` and `outputs` are all nodes'.
    PortsFn ports = nullptr;
    std::vector<ParamSpec> params;
    BindFn bind = nullptr;
    FilesFn checkFiles = nullptr;  ///< null: it writes no files, or their content does not matter
    MakeFn make = nullptr;
    MakeCombinerFn makeCombiner = nullptr;  ///< null: none of its nodes combines
    InferFn infer = nullptr;                ///< nodes with a file that tells their `columns`
    ProposeFn propose = nullptr;            ///< nodes with a subject that tells others of their parameters
    std::vector<FileSort> files{};          ///< sources with `infer` and a parameter that is the path
    bool chart = false;                     ///< a sink with a live picture
    bool singleNumber = false;              ///< a chart whose picture is one number: a small card does
    bool alerts = false;                    ///< judges a rule on rows, and tells others
    /// What can be asked of its nodes while they run (core/stream/node_requests.h); none: nothing can.
    std::optional<NodeRequest> takes{};
    SubflowRole subflow = SubflowRole::None;
    /// Input, Output: the node type of such a node inside a subflow, where rows pass it. Itself it has none.
    std::shared_ptr<const NodeKind> inside{};

    const ParamSpec* param(std::string_view name) const;
    int inputPort(std::string_view name) const;   ///< -1: none
    int outputPort(std::string_view name) const;  ///< -1: none
};

class SubflowFiles;

/// All node types there are. Immutable after it was built; any thread.
class Catalogue {
 public:
    explicit Catalogue(std::vector<NodeKind> kinds);
    /// A type in general; its ports are those of a new node.
    const NodeKind* find(std::string_view type) const;
    /// The type of a node, with the ports that this one has; null when there is no such type. Lives as long
    /// as the catalogue. Looks at no file: the ports of a subflow are those that its file had when it was
    /// read last.
    const NodeKind* of(const Node& node) const;
    const NodeKind* of(std::string_view type, const Json& params) const;
    const std::vector<NodeKind>& kinds() const { return m_kinds; }
    /// The known files of subflows; the same for all copies of the catalogue.
    SubflowFiles& subflows() const { return *m_subflows; }

 private:
    /// Types with the ports of some node, by type and names of ports; made when they are first asked for.
    struct WithPorts {
        std::mutex mutex{};
        std::map<std::string, std::unique_ptr<const NodeKind>> kinds{};
    };
    std::vector<NodeKind> m_kinds;
    std::shared_ptr<WithPorts> m_withPorts = std::make_shared<WithPorts>();
    std::shared_ptr<SubflowFiles> m_subflows;
};

}  // namespace rw
