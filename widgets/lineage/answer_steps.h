// An answer as steps that can be shown one by one: the row itself, the window, the rows that had a part node
// by node up to the sources, and those that had none, with the reason.
#pragma once
#include <QString>
#include <QStringList>
#include <vector>

#include "widgets/lineage/why_asker.h"

namespace rw::ui {

struct AnswerStep {
    enum class Kind : std::uint8_t {
        Row,       ///< that was asked about
        Window,    ///< what fired it
        Rows,      ///< had a part, or would have
        Filtered,  ///< these had none: a condition was not true of them
        Late,
        Rejected,
        Other,  ///< where rows that are missed ended otherwise
        Note    ///< to be known
    } kind = Kind::Note;
    QString title{};
    QString words{};
    NodeId node{};   ///< of the expanded pipeline; empty: none
    PortRef from{};  ///< the port that gave the rows; of no node: not known
    SchemaRef schema{};
    std::vector<LineageRow> rows{};
    QString together{};       ///< what the rows come to, and with late ones; empty: nothing is told of that
    std::uint64_t count = 0;  ///< rows that there are
    /// Which of these `rows` are.
    enum class Shown {
        Last,
        Newest,  ///< the last, from the newest on
        Nearest  ///< those that would be the next to have a place, with the first of them
    } shown = Shown::Last;
    std::uint64_t after = 0;  ///< Newest: newer ones before them
    bool leadsOn = false;     ///< Newest: those behind them can be asked for
    std::vector<LineageMend> mends{};  ///< what may help here; of the first step what the verdict is about
};

/// In the language of the interface. None of an answer that failed.
std::vector<AnswerStep> stepsOf(const WhyAnswer& answer);

/// What became of the row, or what made it, in one sentence; empty: it can't be told.
QString verdictOf(const WhyAnswer& answer);
/// The number of the step that it is from; 0 where it is from all.
int decidingStep(const WhyAnswer& answer, const std::vector<AnswerStep>& steps);

/// The ids of the nodes on the way, as the pipeline has them, without one twice.
std::vector<NodeId> nodesOnTheWay(const std::vector<AnswerStep>& steps);

/// Where a row is from: “orders.csv:12, row 11”, “orders, partition 3, offset 41 207”.
/// `whole`: the file with its folder, and when it was read.
QString originText(const RowOrigin& origin, bool whole = false);

/// What was asked: the condition, or the values of the row.
QString askedWords(const WhyQuestion& asked);

/// As lines to be copied: all that is shown, of many rows of a step the first and the last.
QString plainAnswer(const WhyAnswer& answer, const std::vector<AnswerStep>& steps);

}  // namespace rw::ui
