#include "widgets/lineage/answer_steps.h"

#include <QCoreApplication>
#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "core/base/figures.h"
#include "core/base/readable.h"
#include "core/lineage/mends.h"
#include "core/lineage/passed_by.h"
#include "core/stream/lineage/row_match.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

using Kind = AnswerStep::Kind;
using Fate = MissingEnd::Fate;

QString inSteps(const char* text) {
    return QCoreApplication::translate("AnswerSteps", text);
}

QString rowsOf(std::uint64_t count) {
    return translated(figures::counted(count, RW_TEXT("why", "1 row"), RW_TEXT("why", "%1 rows")));
}

QString joined(const std::vector<Text>& words) {
    QStringList all;
    for (const Text& each : words) all << translated(each);
    return all.join(inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "; ")));
}

/// One below the other; those without words are left out.
QString linesOf(const std::vector<Text>& words) {
    QStringList lines;
    for (const Text& each : words) {
        if (!each.empty()) lines << shownText(translated(each), kTipLength);
    }
    return lines.join(u'\n');
}

class StepMaker {
 public:
    explicit StepMaker(const WhyAnswer& answer) : m_answer(answer) {}

    QString verdict() const {
        const QString said = ownVerdict();
        if (said.isEmpty() || m_answer.until == 0) return said;
        return inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "Before the edit was applied at %1: %2"))
            .arg(momentText(m_answer.until), said);
    }

    QString ownVerdict() const {
        if (m_answer.missing) return verdictOf(*m_answer.missing);
        const QString made = m_answer.why ? verdictOf(*m_answer.why) : QString();
        const QString& told = m_answer.asked.told;
        if (told.isEmpty() || made.isEmpty()) return told + made;
        return inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "%1. %2")).arg(told, made);
    }

    /// Where the rows of a missing one ended that got farthest; null: no row was found that it would need.
    static const MissingEnd* deciding(const MissingAnswer& missing) {
        const auto& ends = missing.ends;
        const auto ended = std::find_if(ends.begin(), ends.end(),
                                        [](const MissingEnd& end) { return end.fate != Fate::NoSuchRow; });
        if (ended != ends.end()) return &*ended;
        return ends.empty() ? nullptr : &ends.front();
    }

    std::vector<AnswerStep> make() {
        if (m_answer.why) addWhy(*m_answer.why);
        if (m_answer.missing) addMissing(*m_answer.missing);
        if (!m_answer.incomplete.empty()) addNote(m_answer.incomplete);
        setMends();
        return std::move(m_steps);
    }

 private:
    /// The title where a person gave one, “outer/inner” inside a subflow.
    QString nameOf(const NodeId& node) const { return ui::titleOf(m_answer.asked.pipeline, node); }

    AnswerStep& add(Kind kind, const QString& title, const NodeId& node) {
        AnswerStep& step = m_steps.emplace_back();
        step.kind = kind;
        step.title = title;
        step.node = node;
        return step;
    }

    /// The first step is about the whole answer: of a row that is missed that is where its rows got farthest.
    /// What ran before an edit was applied is the pipeline no more.
    void setMends() {
        std::vector<LineageMend> all;
        if (m_answer.missing) {
            const MissingEnd* const end =
                m_answer.missing->there == 0 ? deciding(*m_answer.missing) : nullptr;
            if (end != nullptr) all = end->mends;
        } else {
            for (const AnswerStep& step : m_steps) {
                for (const LineageMend& mend : step.mends) addMend(all, mend);
            }
        }
        if (!m_steps.empty()) m_steps.front().mends = std::move(all);
        if (m_answer.until == 0) return;
        for (AnswerStep& step : m_steps) step.mends.clear();
    }

    void addNote(const Text& note) {
        add(Kind::Note, inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "Note")), {}).words = translated(note);
    }

    void addWhy(const Lineage& why) {
        const NodeId& node = m_answer.asked.from.node;
        AnswerStep& row = add(
            Kind::Row, inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "The row of “%1”")).arg(nameOf(node)), node);
        row.schema = why.schema;
        row.rows.push_back({why.row});
        for (const Batch& other : why.others) row.rows.push_back({other});
        row.count = why.matched;
        if (why.matched > 1)
            row.words = inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "The last of %1 alike; it stands first"))
                            .arg(rowsOf(why.matched));
        if (why.firedAt) why.late ? addLateness(why, node) : addWindow(why, node);
        for (const LineageStep& step : why.steps) addRows(why, step);
        for (const LineageStep& step : why.steps) addWithoutPart(step);
        for (const LineageDisplaced& displaced : why.displaced) addDisplaced(displaced);
        for (const Text& note : why.notes) addNote(note);
    }

    /// What the watermark did that had come too far for the row.
    void addLateness(const Lineage& why, const NodeId& node) {
        const QString title = inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "Too late by %1"))
                                  .arg(translated(durationText(why.late->by)));
        const QString when = eventTimeText(*why.firedAt);
        const QString missed =
            why.late->windowEnd
                ? inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "the window until %1 had closed"))
                      .arg(eventTimeText(*why.late->windowEnd))
                : inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "the watermark had passed its event time"));
        if (why.raisers.empty()) {
            add(Kind::Late, title, node).words =
                inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "%1: the watermark was at %2")).arg(missed, when);
        }
        for (const WatermarkRaiser& raiser : why.raisers) {
            AnswerStep& step = add(Kind::Late, title, raiser.source);
            step.words = inSteps(QT_TRANSLATE_NOOP("AnswerSteps",
                                                   "%1: this row of “%3” had brought the watermark to %2"))
                             .arg(missed, when, nameOf(raiser.source));
            step.schema = raiser.row.row.schema;
            step.rows.push_back(raiser.row);
            step.count = 1;
        }
    }

    void addWindow(const Lineage& why, const NodeId& node) {
        const QString title = inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "The window fired"));
        const QString when = eventTimeText(*why.firedAt);
        if (why.raisers.empty()) {
            add(Kind::Window, title, node).words =
                inSteps(QT_TRANSLATE_NOOP("AnswerSteps",
                                          "when the end of its sources had brought the watermark to %1"))
                    .arg(when);
        }
        for (const WatermarkRaiser& raiser : why.raisers) {
            AnswerStep& step = add(Kind::Window, title, raiser.source);
            step.words = inSteps(QT_TRANSLATE_NOOP("AnswerSteps",
                                                   "when this row of “%2” had brought the watermark to %1"))
                             .arg(when, nameOf(raiser.source));
            step.schema = raiser.row.row.schema;
            step.rows.push_back(raiser.row);
            step.count = 1;
        }
    }

    void addRows(const Lineage& why, const LineageStep& step) {
        if (step.from.node.empty()) {
            AnswerStep& none = add(
                Kind::Other,
                inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "No row for “%1”")).arg(nameOf(step.to)), step.to);
            none.words = joined(step.words);
            none.mends = step.mends;
            return;
        }
        const QString title = step.counted
                                  ? inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "Learnt from %1 of “%2”"))
                                  : inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "%1 of “%2”"));
        AnswerStep& added =
            add(Kind::Rows, title.arg(rowsOf(step.count), nameOf(step.from.node)), step.from.node);
        added.words = inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "went into “%1”: %2"))
                          .arg(nameOf(step.to), joined(step.words));
        added.from = step.from;
        added.schema = step.schema;
        added.rows = step.rows;
        added.together = linesOf({totalWords(step.together), withLateWords(step.withLate)});
        added.count = step.count;
        added.shown = AnswerStep::Shown::Newest;
        added.after = step.after;
        added.leadsOn = leadsOn(why, step);
        if (step.lateCount == 0) added.mends = step.mends;
    }

    void addDisplaced(const LineageDisplaced& displaced) {
        const QString title =
            titleOfEnd(Fate::Displaced).arg(rowsOf(displaced.count), nameOf(displaced.node));
        AnswerStep& step = add(Kind::Other, title, displaced.node);
        step.words = joined(displaced.words);
        step.schema = displaced.schema;
        step.rows = displaced.rows;
        step.count = displaced.count;
        step.shown = AnswerStep::Shown::Nearest;
    }

    void addWithoutPart(const LineageStep& step) {
        if (step.lateCount > 0) {
            const QString title = inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "%1 too late for “%2”"))
                                      .arg(rowsOf(step.lateCount), nameOf(step.to));
            AnswerStep& late = add(Kind::Late, title, step.to);
            std::vector<Text> words = step.words;
            words.push_back(step.lateMend);
            late.words = inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "They would have had a part: %1"))
                             .arg(joined(words));
            late.from = step.from;
            late.schema = step.schema;
            late.rows = step.late;
            late.together = linesOf({withLateWords(step.withLate)});
            late.count = step.lateCount;
            late.mends = step.mends;
        }
        for (const LeftOut& left : step.leftOut) {
            AnswerStep& out = add(left.rejected ? Kind::Rejected : Kind::Filtered, titleOf(left), left.node);
            out.words = inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "They would have had a part: %1"))
                            .arg(joined(step.words));
            out.schema = left.schema;
            out.rows = left.rows;
            out.count = left.count;
            out.mends = left.mends;
        }
    }

    QString verdictOf(const MissingAnswer& missing) const {
        if (missing.there > 0)
            return inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "It is there: “%1” gave %2 of the kind."))
                .arg(nameOf(m_answer.asked.from.node), rowsOf(missing.there));
        const MissingEnd* const end = deciding(missing);
        if (end == nullptr) return {};
        if (end->fate == Fate::NoSuchRow && m_answer.beginsLater) return keptVerdict(*end);
        QString words = joined(end->words);
        if (!end->ofAll.empty()) {
            words = translated(end->ofAll);
        } else if (!end->rows.empty() && !end->rows.front().why.empty()) {
            words = translated(end->rows.front().why);
        }
        return words.isEmpty()
                   ? titleOf(*end)
                   : inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "%1: %2")).arg(titleOf(*end), words);
    }

    /// Of a row that may have been there before anything was kept.
    QString keptVerdict(const MissingEnd& end) const {
        const QString began = momentText(m_answer.since);
        const QString begins =
            (m_answer.asked.wentOn
                 ? inSteps(QT_TRANSLATE_NOOP("AnswerSteps",
                                             "The kept input begins at %1, after Apply; rows from before it "
                                             "can't be asked for."))
                 : inSteps(QT_TRANSLATE_NOOP("AnswerSteps",
                                             "The kept input begins at %1; rows from before it "
                                             "can't be asked for.")))
                .arg(began);
        if (m_answer.asked.pair) return begins;
        return inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "%1 Since then “%2” gave no such row."))
            .arg(begins, nameOf(end.node));
    }

    /// Steps to the same source may have rows in common; nothing: it can't be told how many they are
    /// together.
    static std::optional<std::uint64_t> rowsTogether(const Lineage& why, const NodeId& source) {
        std::set<std::pair<WireNumber, std::int64_t>> rows;
        std::size_t steps = 0;
        std::uint64_t count = 0;
        bool all = true;
        for (const LineageStep& step : why.steps) {
            if (!step.source || step.from.node != source || step.count == 0) continue;
            ++steps;
            count = step.count;
            for (const LineageRow& row : step.rows) {
                all = all && row.row.positions.known();
                if (all) rows.emplace(row.row.wire, row.row.positions.at(0));
            }
            all = all && step.rows.size() >= step.count;
        }
        if (steps < 2) return count;
        return all ? std::optional<std::uint64_t>(rows.size()) : std::nullopt;
    }

    /// The rows of sources that made it, and those that could have.
    QString verdictOf(const Lineage& why) const {
        QStringList made, lacking;
        bool judged = false, late = false;
        std::set<NodeId> told;
        for (const LineageStep& step : why.steps) {
            judged = judged || step.judged;
            late = late || step.lateCount > 0;
            if (step.from.node.empty()) lacking << joined(step.words);
            const bool source = step.source && step.count > 0;
            const auto together = source ? rowsTogether(why, step.from.node) : std::nullopt;
            const bool said = together && !told.insert(step.from.node).second;
            if (source && !said)
                made << inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "%1 of “%2”"))
                            .arg(rowsOf(together.value_or(step.count)), nameOf(step.from.node));
            if (step.lateCount > 0)
                lacking << inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "%1 too late for “%2”"))
                               .arg(rowsOf(step.lateCount), nameOf(step.to));
            for (const LeftOut& left : step.leftOut) lacking << titleOf(left);
        }
        if (made.isEmpty() && lacking.isEmpty()) return {};
        // It would be asked for where nothing is said of it.
        if (judged && !late)
            lacking << inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "no row came too late for it"));
        const QString comma = inSteps(QT_TRANSLATE_NOOP("AnswerSteps", ", "));
        if (lacking.isEmpty())
            return inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "It is made of %1.")).arg(made.join(comma));
        return inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "It is made of %1; %2."))
            .arg(made.join(comma), lacking.join(comma));
    }

    QString titleOf(const LeftOut& left) const {
        return titleOfEnd(left.rejected ? Fate::Rejected : Fate::Filtered)
            .arg(rowsOf(left.count), nameOf(left.node));
    }

    QString titleOf(const MissingEnd& end) const {
        QString title = titleOfEnd(end.fate);
        title.replace(QLatin1String("%1"), rowsOf(end.count));
        title.replace(QLatin1String("%2"), nameOf(end.node));
        return title;
    }

    void addMissing(const MissingAnswer& missing) {
        const NodeId& node = m_answer.asked.from.node;
        if (missing.there > 0) {
            add(Kind::Row, inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "It is there")), node).words =
                inSteps(
                    QT_TRANSLATE_NOOP("AnswerSteps", "“%1” gave such rows: %2. Ask why this row is there."))
                    .arg(nameOf(node), countText(missing.there));
        } else if (!missing.sought.empty()) {
            add(Kind::Row, inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "It would need")), node).words =
                joined(missing.sought);
        }
        for (const MissingStep& step : missing.steps) {
            AnswerStep& added = add(Kind::Rows,
                                    inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "%1 of “%2”"))
                                        .arg(rowsOf(step.count), nameOf(step.from.node)),
                                    step.from.node);
            added.words = inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "that would make it"));
            added.from = step.from;
            added.schema = step.schema;
            added.rows = step.rows;
            added.count = step.count;
        }
        for (const MissingEnd& end : missing.ends) addEnd(end);
        for (const Text& note : missing.notes) addNote(note);
    }

    static Kind kindOf(Fate fate) {
        switch (fate) {
            case Fate::Filtered:
                return Kind::Filtered;
            case Fate::Rejected:
                return Kind::Rejected;
            case Fate::Late:
                return Kind::Late;
            case Fate::NoSuchRow:
            case Fate::Waiting:
            case Fate::Alone:
            case Fate::Displaced:
            case Fate::Nearest:
            case Fate::Used:
                break;
        }
        return Kind::Other;
    }

    static QString titleOfEnd(Fate fate) {
        switch (fate) {
            case Fate::NoSuchRow:
                return inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "“%2” has no such row"));
            case Fate::Filtered:
                return inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "%1 left out by “%2”"));
            case Fate::Rejected:
                return inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "%1 rejected by “%2”"));
            case Fate::Late:
                return inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "%1 too late for “%2”"));
            case Fate::Waiting:
                return inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "%1 in an open window of “%2”"));
            case Fate::Alone:
                return inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "%1 without a partner in “%2”"));
            case Fate::Displaced:
                return inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "%1 displaced in “%2”"));
            case Fate::Nearest:
                return inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "The nearest row of the other side"));
            case Fate::Used:
                return inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "%1 used otherwise by “%2”"));
        }
        return {};
    }

    void addEnd(const MissingEnd& end) {
        AnswerStep& step = add(kindOf(end.fate), titleOf(end), end.node);
        step.words = joined(end.words);
        if (step.words.isEmpty() && end.fate == Fate::NoSuchRow)
            step.words = inSteps(QT_TRANSLATE_NOOP("AnswerSteps", "None of its rows has these values."));
        step.schema = end.schema;
        step.rows = end.rows;
        step.mends = end.mends;
        // Not of these: rows that are there in place of the one that is missed, or nearly it.
        const bool others =
            end.fate == Fate::NoSuchRow || end.fate == Fate::Used || end.fate == Fate::Displaced;
        // Nor is the pair that is nearest the last one.
        const bool nearest = m_answer.asked.pair && end.rows.size() == 1;
        step.count =
            others || nearest ? end.rows.size() : std::max<std::uint64_t>(end.count, end.rows.size());
    }

    const WhyAnswer& m_answer;
    std::vector<AnswerStep> m_steps{};
};

}  // namespace

std::vector<AnswerStep> stepsOf(const WhyAnswer& answer) {
    return StepMaker(answer).make();
}

QString verdictOf(const WhyAnswer& answer) {
    return StepMaker(answer).verdict();
}

int decidingStep(const WhyAnswer& answer, const std::vector<AnswerStep>& steps) {
    // More was asked for than the answer before had.
    const auto more = std::find_if(steps.begin(), steps.end(), [&answer](const AnswerStep& step) {
        return answer.asked.displaced ? step.shown == AnswerStep::Shown::Nearest : step.after > 0;
    });
    if (more != steps.end()) return static_cast<int>(more - steps.begin());
    const MissingEnd* const end =
        answer.missing && answer.missing->there == 0 ? StepMaker::deciding(*answer.missing) : nullptr;
    if (end == nullptr) return 0;
    // Steps of ends stand behind all others but notes, in their order.
    const auto place = static_cast<std::size_t>(end - answer.missing->ends.data());
    const std::size_t before = answer.missing->steps.size() + (answer.missing->sought.empty() ? 0 : 1);
    return before + place < steps.size() ? static_cast<int>(before + place) : 0;
}

std::vector<NodeId> nodesOnTheWay(const std::vector<AnswerStep>& steps) {
    std::vector<NodeId> nodes;
    for (const AnswerStep& step : steps) {
        const NodeId node = outermost(step.node);
        if (!node.empty() && std::find(nodes.begin(), nodes.end(), node) == nodes.end())
            nodes.push_back(node);
    }
    return nodes;
}

}  // namespace rw::ui
