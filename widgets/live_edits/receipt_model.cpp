#include "widgets/live_edits/receipt_model.h"

#include <algorithm>
#include <utility>

#include "core/base/figures.h"
#include "core/forecast/losses.h"
#include "widgets/document/difference_text.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/line_delegate.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kFewUnchanged = 2;  // are listed; more of them are one row

/// What a run does not know of.
bool isOfPicture(const PipelineDifference& difference) {
    return difference.kind == DifferenceKind::Moved || difference.of == "card" || difference.of == "comment";
}

/// What has a value instead of another one: the old one is struck out before the new one (LineDelegate).
QStringList changeWords(const PipelineDifference& difference, const QString& text) {
    const QString before = differenceValue(difference.before);
    if (difference.kind != DifferenceKind::Changed || before.isEmpty()) return {text};
    const QString after = differenceValue(difference.after), what = QString::fromStdString(difference.part);
    return {what.isEmpty() ? QString() : ReceiptModel::tr("%1:").arg(what), before,
            after.isEmpty() ? ReceiptModel::tr("not set") : after};
}

/// “size: 10s → 30s”, “+ column”, or the sign alone of a whole node.
QString changeText(const PipelineDifference& difference) {
    if (difference.part.empty() && difference.of == "node") {
        return difference.kind == DifferenceKind::Added ? ReceiptModel::tr("added") : ReceiptModel::tr("removed");
    }
    const QString before = differenceValue(difference.before), after = differenceValue(difference.after);
    const QString what = QString::fromStdString(difference.part);
    if (difference.kind != DifferenceKind::Changed) {
        const QString value = before.isEmpty() ? after : before;
        const QString sign = differenceSign(difference.kind);
        return what.isEmpty() ? sign : QStringLiteral("%1 %2: %3").arg(sign, what, value);
    }
    const QString from = before.isEmpty() ? ReceiptModel::tr("not set") : before;
    const QString to = after.isEmpty() ? ReceiptModel::tr("not set") : after;
    const QString values = QStringLiteral("%1 → %2").arg(from, to);
    return what.isEmpty() ? values : QStringLiteral("%1: %2").arg(what, values);
}

QStringList shownWords(QStringList words) {
    for (QString& each : words) each = shownText(each);
    return words;
}

QString placeText(const PipelineDifference& difference) {
    const QString name = QString::fromStdString(difference.name);
    if (difference.of == "wire") return ReceiptModel::tr("Wire %1").arg(name);
    if (difference.of == "variable") return ReceiptModel::tr("Variable %1").arg(name);
    if (difference.of == "setting") return ReceiptModel::tr("Setting %1").arg(name);
    return ReceiptModel::tr("Pipeline");
}

QString joined(const QString& before, const QString& more) {
    return before.isEmpty() ? more : before + QStringLiteral("; ") + more;
}

/// Words by turns plain and struck out, with those of another change behind them.
void append(QStringList& words, QStringList more) {
    if (!words.isEmpty()) {
        if (words.size() % 2 == 0) words << QString();
        const QString before = words.takeLast();
        more.front() = joined(before, more.front());
    }
    words << more;
}

}  // namespace

ReceiptModel::Counts ReceiptModel::countsOf(const ApplyReceipt& receipt, const Choice& choice) {
    Counts counts;
    const std::set<NodeId> recomputable = choice.recomputes ? receipt.recomputable() : std::set<NodeId>();
    for (const auto& [id, node] : receipt.forecast.nodes) {
        if (receipt.forecast.isSubflow(id)) continue;
        const bool recomputed = recomputable.contains(id);
        counts.recomputed += recomputed ? 1 : 0;
        if (recomputed) continue;
        counts.kept += node.fate == StateFate::Keeps ? 1 : 0;
        counts.carried += node.fate == StateFate::CarriesOver ? 1 : 0;
        const bool closed = choice.closesFirst && node.closable != nullptr;
        counts.closed += closed ? 1 : 0;
        counts.lost += node.fate == StateFate::StartsAnew && !node.isNew() && !closed ? 1 : 0;
        counts.impossible += node.fate == StateFate::Cannot ? 1 : 0;
    }
    return counts;
}

void ReceiptModel::set(const ApplyReceipt& receipt, const RunSnapshot& run, const Choice& choice) {
    const std::set<NodeId> recomputable = choice.recomputes ? receipt.recomputable() : std::set<NodeId>();
    std::map<NodeId, Row> nodes;
    std::vector<Row> others;
    int changes = 0;
    for (const auto& [id, forecast] : receipt.forecast.nodes) {
        if (forecast.fate == StateFate::NoState || receipt.forecast.isSubflow(id)) continue;
        Row& row = nodes[id];
        row.forecast = forecast;
        row.recomputed = recomputable.contains(id);
        row.closed = !row.recomputed && choice.closesFirst && forecast.closable != nullptr;
        const auto refused = receipt.recompute.refused.find(id);
        if (refused != receipt.recompute.refused.end()) row.refused = refused->second;
        if (receipt.recompute.nodes.contains(id)) row.refused = receipt.noTape;
        const auto figures = run.metrics.nodes.find(forecast.was.empty() ? id : forecast.was);
        if (figures != run.metrics.nodes.end()) row.bytes = figures->second.checkpointBytes;
    }
    for (const PipelineDifference& difference : receipt.changes) {
        if (isOfPicture(difference)) continue;
        ++changes;
        if (difference.of == "node") {
            Row& row = nodes[difference.name];
            const QString text = changeText(difference);
            row.change = joined(row.change, text);
            append(row.words, changeWords(difference, text));
        } else {
            Row& row = others.emplace_back();
            row.name = placeText(difference);
            row.change = changeText(difference);
            row.words = changeWords(difference, row.change);
        }
    }
    beginResetModel();
    m_changes = changes;
    m_rows.clear();
    for (auto& [id, row] : nodes) {
        row.node = id;
        m_rows.push_back(std::move(row));
    }
    std::move(others.begin(), others.end(), std::back_inserter(m_rows));
    std::stable_sort(m_rows.begin(), m_rows.end(),
                     [this](const Row& a, const Row& b) { return worth(a) < worth(b); });
    m_fates.clear();
    m_closed.clear();
    m_recomputed.clear();
    for (const Row& row : m_rows) {
        if (row.node.empty()) continue;
        if (row.recomputed) {
            m_recomputed.push_back(row.node);
        } else if (!row.forecast.isNew()) {
            (row.closed ? m_closed : m_fates[row.forecast.fate]).push_back(row.node);
        }
    }
    joinUnchanged();
    endResetModel();
}

void ReceiptModel::joinUnchanged() {
    const auto first = std::find_if(m_rows.begin(), m_rows.end(), [](const Row& row) {
        return row.forecast.fate == StateFate::Keeps && row.change.isEmpty();
    });
    if (m_rows.end() - first <= kFewUnchanged) return;
    Row rest;
    rest.forecast.fate = StateFate::Keeps;
    rest.more = static_cast<int>(m_rows.end() - first);
    for (auto row = first; row != m_rows.end(); ++row) rest.bytes += row->bytes;
    m_rows.erase(first, m_rows.end());
    m_rows.push_back(std::move(rest));
}

QString ReceiptModel::titlesOf(const std::vector<NodeId>& nodes) const {
    QStringList out;
    for (const NodeId& id : nodes) {
        const bool there = m_document.pipeline().find(id) != nullptr;
        out << (there ? titleOf(m_document.pipeline(), id) : QString::fromStdString(id));
    }
    return out.join(QStringLiteral(", "));
}

QString ReceiptModel::titles(StateFate fate) const {
    const auto found = m_fates.find(fate);
    return found == m_fates.end() ? QString() : titlesOf(found->second);
}

QString ReceiptModel::closedTitles() const {
    return titlesOf(m_closed);
}

QString ReceiptModel::recomputedTitles() const {
    return titlesOf(m_recomputed);
}

void ReceiptModel::refresh() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int ReceiptModel::worth(const Row& row) const {
    switch (row.forecast.fate) {
        case StateFate::Cannot:
            return 0;
        case StateFate::StartsAnew:
            if (row.recomputed) return 2;
            if (row.forecast.isNew()) break;
            return row.closed ? 2 : 1;
        case StateFate::CarriesOver:
            return 3;
        case StateFate::Keeps:
            return row.change.isEmpty() ? 6 : 4;
        case StateFate::NoState:
            break;
    }
    return 5;
}

int ReceiptModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ReceiptModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

/// What it means first, then why it is so.
QString ReceiptModel::lostText(const Row& row, const QString& why) const {
    const NodeKind* const kind = m_document.kindOf(row.node);
    // Of one that is gone, or stands in a subflow, only why.
    const bool known = kind != nullptr && !row.forecast.gone;
    QStringList sentences{known ? translated(lossOf(*kind)) : QString(), why};
    sentences.removeAll(QString());
    return sentences.isEmpty() ? tr("Lost") : tr("%1: %2").arg(tr("Lost"), sentences.join(u' '));
}

QString ReceiptModel::fateText(const Row& row) const {
    const NodeForecast& forecast = row.forecast;
    const QString why = forecast.why.empty() ? QString() : translated(forecast.why);
    const auto with = [&why](const QString& words) { return why.isEmpty() ? words : tr("%1: %2").arg(words, why); };
    switch (forecast.fate) {
        case StateFate::Keeps:
            return tr("Kept");
        case StateFate::CarriesOver:
            return with(tr("Carried over"));
        case StateFate::StartsAnew:
            if (row.recomputed) return with(tr("Recomputed from the tape"));
            if (forecast.isNew()) return tr("New: it begins empty");
            if (row.closed) return with(tr("Open windows close first, then it begins empty"));
            return lostText(row, why);
        case StateFate::Cannot:
            return with(tr("Can't resume"));
        case StateFate::NoState:
            break;
    }
    return row.node.empty() && row.more == 0 ? QString() : tr("Has no state");
}

QString ReceiptModel::cell(const Row& row, int column) const {
    switch (column) {
        case Which:
            if (row.more > 0)
                return translated(figures::counted(static_cast<std::uint64_t>(row.more),
                                                   RW_TEXT("live_edits", "1 more"),
                                                   RW_TEXT("live_edits", "%1 more")));
            if (row.node.empty()) return row.name;
            return row.forecast.gone ? QString::fromStdString(row.node) : titleOf(m_document.pipeline(), row.node);
        case Change:
            return row.more > 0 ? tr("none") : row.change;
        case Fate:
            return fateText(row);
        default:
            return row.bytes == 0 ? QStringLiteral("–") : sizeText(row.bytes);
    }
}

QVariant ReceiptModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
            return shownText(cell(row, index.column()));
        case Qt::ToolTipRole: {
            QString text = cell(row, index.column());
            if (index.column() == Fate && !row.forecast.fix.empty())
                text += QLatin1Char('\n') + translated(row.forecast.fix);
            const bool says = index.column() == Fate && !row.recomputed && !row.refused.empty();
            if (says) text += QLatin1Char('\n') + tr("It is not recomputed: %1").arg(translated(row.refused));
            return shownLines(text, kTipLength);
        }
        case LineDelegate::kStruckRole:
            if (index.column() != Change || row.words.size() < 2) return {};
            return shownWords(row.words);
        case Qt::FontRole:
            if (index.column() != Size && (index.column() != Change || row.more > 0)) return {};
            return Theme::of(this).font(TextStyle::CodeSmall);
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(Qt::AlignVCenter | (index.column() == Size ? Qt::AlignRight : Qt::AlignLeft));
        case Qt::DecorationRole: {
            if (index.column() != Which) return {};
            const Theme& theme = Theme::of(this);
            if (row.forecast.fate == StateFate::Cannot) return theme.icon(u"error", ColorRole::Error);
            if (row.recomputed) return theme.icon(u"refresh", ColorRole::Accent);
            if (row.forecast.isNew()) return theme.icon(u"plus", ColorRole::Dim);
            if (row.closed) return theme.icon(u"hourglass", ColorRole::Accent);
            if (row.forecast.fate == StateFate::StartsAnew) return theme.icon(u"trash", ColorRole::Error);
            if (row.forecast.fate == StateFate::CarriesOver) return theme.icon(u"copy", ColorRole::Warn);
            if (row.forecast.fate == StateFate::Keeps) return theme.icon(u"check", ColorRole::Ok);
            return {};
        }
        default:
            return {};
    }
}

QVariant ReceiptModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (section == Size ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Which:
            return tr("Node");
        case Change:
            return tr("Change");
        case Fate:
            return tr("What becomes of its state");
        default:
            return tr("State");
    }
}

}  // namespace rw::ui
