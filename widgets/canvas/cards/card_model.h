// All that a node's card shows apart from rates and pictures, as plain data.
#pragma once
#include <QString>
#include <functional>
#include <optional>
#include <vector>

#include "core/deploy/verdict.h"
#include "core/pipeline/node_kind.h"
#include "widgets/canvas/cards/wire_index.h"

namespace rw::ui {

struct CardFacts;
class PipelineDocument;
class RunSession;

enum class DotState { Idle, Running, Paused, Look, Failed };
enum class StripKind {
    None,
    ToDo,  ///< something is missing yet: not an error before a run is asked for
    Waiting,
    Path,       ///< what it did to the rows of an answer whose way is shown
    Blocked,    ///< rows of its system may not be read yet
    Unplugged,  ///< its system is out of reach
    Note,       ///< its note in this run or the last: nothing has failed
    Kept,       ///< its state, in another version of the pipeline
    Dropped,    ///< the same: it is gone, or lost
    Assured,    ///< its guarantee: exactly once
    Unassured,  ///< the same: rows may be lost, or doubled
    Warning,
    Error
};
enum class BadgeKind { None, Good, Warning, Error, Neutral };

/// A breakpoint at an output.
enum class BreakMark { None, Off, On, Stands };  // Stands: rows of the run that is paused came to it

/// A port as drawn: its shape says the stream type, filled when wired.
struct CardPort {
    std::string name;
    QString label{};
    bool input = true;
    PortRole role = PortRole::Rows;  ///< of the stream: an input wired from a late port looks late
    bool updating = false;
    bool wired = false;
    BreakMark mark = BreakMark::None;
    bool operator==(const CardPort&) const = default;
};

struct CardModel {
    NodeId id;
    QString title, typeName, summary, icon;
    NodeGroup group = NodeGroup::Transform;
    bool known = true;     ///< its type is in the catalogue
    bool code = false;     ///< the summary is an expression, set in mono
    bool picture = false;  ///< a sink: a picture or its last rows instead of settings
    bool disabled = false, collapsed = false;
    bool still = false;           ///< it stands for no run: neither rates nor a picture
    std::vector<CardPort> ports;  ///< inputs, then outputs
    DotState dot = DotState::Idle;
    QString badge;
    BadgeKind badgeKind = BadgeKind::None;
    QString badgeIcon;  ///< alone, or before the badge's words
    QString strip;
    StripKind stripKind = StripKind::None;
    std::optional<Verdict> verdict{};  ///< of the engine that is chosen, when that is another than ours
    QString verdictLine;               ///< “Apache Flink: approximated”
    QString verdictTip;                ///< with all that is to be said of it, a line for each part
    QString notes;                     ///< all that it said and is kept, a line each; for the tooltip
    QString guarantee;                 ///< what is lost or doubled after a failure; for the tooltip
    QString nullRows;                  ///< that it dropped rows as NULL; for the tooltip alone
    double queueAhead = 0;  ///< backpressure of its slowest output when that is worth showing, else 0
    bool operator==(const CardModel&) const = default;
};

/// What it shows of its node alone, before any check and any run. `wires` is of the pipeline that `kindOf`
/// tells the types of nodes of (null: an unknown one); `summary` may be empty.
CardModel nodeCard(const Catalogue& catalogue, const WireIndex& wires, const Node& node, const Text& summary,
                   const std::function<const NodeKind*(const NodeId&)>& kindOf);

/// Of the rows that leave a node by that output, as far as its type (null: an unknown one) tells.
PortRole outputRole(const NodeKind* kind, const std::string& output);

/// `wires` and `facts` are of the document's pipeline and its run as they are now (see card_facts.h).
CardModel cardModel(const PipelineDocument& document, const RunSession& session, const WireIndex& wires,
                    const Node& node, const CardFacts& facts);

/// One sentence for tooltips and screen readers: “Load per core, window aggregate, running, 41 late rows”.
QString spoken(const CardModel& card);

}  // namespace rw::ui
