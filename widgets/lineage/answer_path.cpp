#include "widgets/lineage/answer_path.h"

#include <QCoreApplication>
#include <QDateTime>
#include <algorithm>
#include <utility>

#include "core/base/figures.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"

namespace rw::ui {

namespace {

using Fate = MissingEnd::Fate;

QString inPath(const char* text) {
    return QCoreApplication::translate("AnswerPath", text);
}

/// “1 row”, “5 rows”: what stands in a sentence.
QString countOf(std::uint64_t count) {
    return translated(figures::counted(count, RW_TEXT("why", "1 row"), RW_TEXT("why", "%1 rows")));
}

/// Of the rows of an answer, at a node of the pipeline.
struct Did {
    bool source = false, asked = false, ends = false;
    std::uint64_t in = 0, out = 0, left = 0, late = 0;
    QString window{};  ///< whose results were asked about
    QStringList fates{};
};

/// “12:00–12:05”, with seconds where they are not whole minutes.
QString shortSpan(Instant from, Instant to) {
    const bool minutes = from % 60'000 == 0 && to % 60'000 == 0;
    const QString form = minutes ? QStringLiteral("HH:mm") : QStringLiteral("HH:mm:ss");
    const auto clock = [&form](Instant at) {
        return QDateTime::fromMSecsSinceEpoch(at, Qt::UTC).toString(form);
    };
    return clock(from) + QChar(0x2013) + clock(to);
}

/// Of the window that the row is of; empty: it is of none.
QString windowOf(const Lineage& why) {
    if (!why.firedAt || why.late || !why.schema) return {};
    const auto start = why.schema->find("window_start"), end = why.schema->find("window_end");
    if (!start || !end) return {};
    const Column &from = why.row.column(*start), &to = why.row.column(*end);
    if (from.isNull(0) || to.isNull(0)) return {};
    return shortSpan(from.at<Instant>(0), to.at<Instant>(0));
}

class PathMaker {
 public:
    explicit PathMaker(const WhyAnswer& answer) : m_answer(answer) {}

    LitPath make() {
        if (m_answer.why) walk(*m_answer.why);
        if (m_answer.missing) walk(*m_answer.missing);
        if (m_did.empty()) return {};
        addSink();
        LitPath path;
        path.asked = outermost(m_answer.asked.from.node);
        for (const auto& [node, did] : m_did) path.cards[node] = wordsOf(did);
        addWires(path);
        return path;
    }

 private:
    /// The node of the pipeline that was asked about: nodes inside a subflow are it.
    Did& at(const NodeId& node) { return m_did[outermost(node)]; }

    void walk(const Lineage& why) {
        Did& asked = at(m_answer.asked.from.node);
        asked.asked = true;
        asked.out = 1;
        asked.window = windowOf(why);
        for (const LineageStep& step : why.steps) {
            const NodeId from = outermost(step.from.node), to = outermost(step.to);
            at(to).late += step.lateCount;
            for (const LeftOut& left : step.leftOut) at(left.node).left += left.count;
            if (from.empty()) continue;
            Did& giver = at(from);
            giver.source = giver.source || step.source;
            if (from == to) continue;
            giver.out += step.count;
            at(to).in += step.count;
            m_ways[{from, to}] += step.count;
        }
        for (const LineageDisplaced& displaced : why.displaced)
            at(displaced.node).fates
                << inPath(QT_TRANSLATE_NOOP("AnswerPath", "%1 displaced")).arg(countOf(displaced.count));
    }

    void walk(const MissingAnswer& missing) {
        at(m_answer.asked.from.node).asked = true;
        for (const MissingStep& step : missing.steps) {
            Did& giver = at(step.from.node);
            giver.source = giver.source || step.source;
            giver.out += step.count;
        }
        for (const MissingEnd& end : missing.ends) {
            if (end.node.empty() || end.fate == Fate::Nearest) continue;
            at(end.node).fates << fateWords(end);
        }
    }

    static QString fateWords(const MissingEnd& end) {
        const QString rows = countOf(std::max<std::uint64_t>(end.count, 1));
        switch (end.fate) {
            case Fate::NoSuchRow:
                return inPath(QT_TRANSLATE_NOOP("AnswerPath", "no such row"));
            case Fate::Filtered:
                return inPath(QT_TRANSLATE_NOOP("AnswerPath", "%1 left out")).arg(rows);
            case Fate::Rejected:
                return inPath(QT_TRANSLATE_NOOP("AnswerPath", "%1 rejected")).arg(rows);
            case Fate::Late:
                return inPath(QT_TRANSLATE_NOOP("AnswerPath", "%1 too late")).arg(rows);
            case Fate::Waiting:
                return inPath(QT_TRANSLATE_NOOP("AnswerPath", "%1 in an open window")).arg(rows);
            case Fate::Alone:
                return inPath(QT_TRANSLATE_NOOP("AnswerPath", "%1 without a partner")).arg(rows);
            case Fate::Displaced:
                return inPath(QT_TRANSLATE_NOOP("AnswerPath", "%1 displaced")).arg(rows);
            case Fate::Used:
                return inPath(QT_TRANSLATE_NOOP("AnswerPath", "%1 used otherwise")).arg(rows);
            case Fate::Nearest:
                break;
        }
        return {};
    }

    static QString wordsOf(const Did& did) {
        QStringList words;
        if (!did.window.isEmpty()) {
            words
                << inPath(QT_TRANSLATE_NOOP("AnswerPath", "window %1, %2")).arg(did.window, countOf(did.in));
        } else if (did.left > 0) {
            words << inPath(QT_TRANSLATE_NOOP("AnswerPath", "kept %1 of %2"))
                         .arg(countText(did.out), countText(did.out + did.left));
        } else if (did.in > 0 && did.in != did.out) {
            words << inPath(QT_TRANSLATE_NOOP("AnswerPath", "%1 made of %2"))
                         .arg(countOf(did.out), countOf(did.in));
        } else if (did.out > 0 && did.source) {
            words << inPath(QT_TRANSLATE_NOOP("AnswerPath", "gave %1")).arg(countOf(did.out));
        } else if (did.out > 0) {
            words << inPath(QT_TRANSLATE_NOOP("AnswerPath", "passed on %1")).arg(countOf(did.out));
        } else if (did.ends) {
            words << inPath(QT_TRANSLATE_NOOP("AnswerPath", "shows it"));
        }
        if (did.late > 0)
            words << inPath(QT_TRANSLATE_NOOP("AnswerPath", "%1 too late")).arg(countOf(did.late));
        words << did.fates;
        return words.join(QStringLiteral(" · "));
    }

    /// The chart from which it was asked.
    void addSink() {
        const NodeId& sink = m_answer.asked.sink;
        if (sink.empty()) return;
        m_did[sink].ends = true;
        m_ways[{outermost(m_answer.asked.from.node), sink}] = 1;
    }

    /// Which of two wires between the same nodes the rows came by is not told: both are on the way.
    void addWires(LitPath& path) const {
        for (const Wire& wire : m_answer.asked.pipeline.wires) {
            const auto way = m_ways.find({wire.from.node, wire.to.node});
            const bool missed =
                m_answer.missing && m_did.contains(wire.from.node) && m_did.contains(wire.to.node);
            if (way == m_ways.end() && !missed) continue;
            path.wires.push_back({wire, way == m_ways.end() ? 0 : way->second});
        }
    }

    const WhyAnswer& m_answer;
    std::map<NodeId, Did> m_did{};
    std::map<std::pair<NodeId, NodeId>, std::uint64_t> m_ways{};  ///< rows from node to node
};

}  // namespace

LitPath pathOf(const WhyAnswer& answer) {
    return answer.failed.ok() ? PathMaker(answer).make() : LitPath();
}

}  // namespace rw::ui
