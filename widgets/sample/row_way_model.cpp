#include "widgets/sample/row_way_model.h"

#include <QAbstractItemView>
#include <QCoreApplication>
#include <QPainter>
#include <QStyle>
#include <QTextLayout>
#include <algorithm>
#include <tuple>
#include <utility>

#include "core/stream/lineage/row_match.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

using Fate = RowStop::Fate;

constexpr std::size_t kShownCells = 6;
constexpr int kMostWordLines = 4;  ///< of what became of a row: times and causes are shown whole

QString way(const char* text, int count = -1) {
    return QCoreApplication::translate("RowWay", text, nullptr, count);
}

QString cellsOf(const Batch& row) {
    if (row.rows == 0 || !row.schema) return {};
    std::vector<int> columns;
    for (std::size_t column = 0; column < row.columns.size(); ++column)
        columns.push_back(static_cast<int>(column));
    return translated(cellsText(row, 0, columns, kShownCells));
}

QString portOf(const RowStop& stop, const PipelineDocument& document) {
    const NodeKind* const kind = document.kindOf(stop.node);
    const int number = kind == nullptr ? -1 : kind->outputPort(stop.port);
    if (number < 0) return QString::fromStdString(stop.port);
    return translated(kind->outputs[static_cast<std::size_t>(number)].label);
}

/// The node has several outputs by which rows leave that are not set aside.
bool branches(const RowStop& stop, const PipelineDocument& document) {
    const NodeKind* const kind = document.kindOf(stop.node);
    if (kind == nullptr) return false;
    return std::count_if(kind->outputs.begin(), kind->outputs.end(),
                         [](const PortSpec& port) { return port.role == PortRole::Rows; }) > 1;
}

QString passedText(const RowStop& stop, const PipelineDocument& document) {
    if (stop.count > 1)
        return way(QT_TRANSLATE_N_NOOP("RowWay", "Kept, as %n row(s)"), static_cast<int>(stop.count));
    if (branches(stop, document))
        return way(QT_TRANSLATE_NOOP("RowWay", "Kept: leaves by “%1”")).arg(portOf(stop, document));
    return way(QT_TRANSLATE_NOOP("RowWay", "Kept"));
}

QString lateText(const RowStop& stop) {
    if (stop.windowEnd) {
        return way(QT_TRANSLATE_NOOP("RowWay", "Late by %1 for the window that ends at %2"))
            .arg(ageText(stop.lateBy), eventTimeText(*stop.windowEnd));
    }
    if (stop.lateBy == 0) return way(QT_TRANSLATE_NOOP("RowWay", "Late"));
    return way(QT_TRANSLATE_NOOP("RowWay", "Late by %1")).arg(ageText(stop.lateBy));
}

/// The end of a window beside its beginning: without its day where that is the same.
QString endText(const RowStop& stop) {
    const QString start = eventTimeText(*stop.windowStart), end = eventTimeText(*stop.windowEnd);
    const bool sameDay = end.section(u' ', 0, 0) == start.section(u' ', 0, 0);
    return sameDay ? end.section(u' ', 1) : end;
}

QString waitingText(const RowStop& stop) {
    if (stop.windowStart && stop.windowEnd) {
        return way(QT_TRANSLATE_NOOP("RowWay",
                                     "Waits in an open window; the first open one is from %1 to %2"))
            .arg(eventTimeText(*stop.windowStart), endText(stop));
    }
    return way(QT_TRANSLATE_NOOP("RowWay", "Waits in an open window"));
}

QString madeText(const RowStop& stop) {
    const QString result = cellsOf(stop.became);
    if (stop.count > 1) {
        return way(QT_TRANSLATE_N_NOOP("RowWay", "In %n result row(s), the first: %1"),
                   static_cast<int>(stop.count))
            .arg(result);
    }
    if (stop.windowStart && stop.windowEnd) {
        return way(QT_TRANSLATE_NOOP("RowWay", "In the window from %1 to %2, which fired: %3"))
            .arg(eventTimeText(*stop.windowStart), endText(stop), result);
    }
    return way(QT_TRANSLATE_NOOP("RowWay", "In the result row %1")).arg(result);
}

QString withCause(const char* alone, const char* caused, const RowStop& stop) {
    return stop.why.empty() ? way(alone) : way(caused).arg(translated(stop.why));
}

QString notLookedText(const RowStop& stop) {
    if (stop.why.empty())
        return way(QT_TRANSLATE_NOOP("RowWay", "Not looked at: a node before it has an error"));
    const QString why = way(QT_TRANSLATE_NOOP("RowWay", "Not looked at: %1")).arg(translated(stop.why));
    return stop.fix.empty() ? why : why + u' ' + translated(stop.fix);
}

QString wordsAt(const RowStop& stop, const PipelineDocument& document) {
    switch (stop.fate) {
        case Fate::Passed:
            return passedText(stop, document);
        case Fate::Filtered:
            return withCause(QT_TRANSLATE_NOOP("RowWay", "Filtered"),
                             QT_TRANSLATE_NOOP("RowWay", "Filtered: %1"), stop);
        case Fate::Rejected:
            return withCause(QT_TRANSLATE_NOOP("RowWay", "Rejected"),
                             QT_TRANSLATE_NOOP("RowWay", "Rejected: %1"), stop);
        case Fate::Late:
            return lateText(stop);
        case Fate::Waiting:
            return waitingText(stop);
        case Fate::Contributed:
            return madeText(stop);
        case Fate::Alone:
            return way(QT_TRANSLATE_NOOP("RowWay", "Met no row of the other input"));
        case Fate::Displaced:
            return way(QT_TRANSLATE_NOOP("RowWay", "Other rows took its place"));
        case Fate::Used:
            return way(QT_TRANSLATE_NOOP("RowWay", "No result row is known that it has a part in"));
        case Fate::Arrived:
            return way(QT_TRANSLATE_NOOP("RowWay", "Arrives here; a sample writes nothing"));
        case Fate::NotLooked:
            return notLookedText(stop);
        case Fate::Behind:
            return way(QT_TRANSLATE_NOOP("RowWay", "Leaves behind the rows that are shown"));
    }
    return {};
}

/// A sign for the eye, and its colour.
std::pair<QString, ColorRole> signOf(Fate fate) {
    switch (fate) {
        case Fate::Passed:
        case Fate::Arrived:
            return {QStringLiteral("check"), ColorRole::Ok};
        case Fate::Contributed:
            return {QStringLiteral("table"), ColorRole::Ok};
        case Fate::Filtered:
        case Fate::Displaced:
        case Fate::Alone:
            return {QStringLiteral("filter"), ColorRole::Dim};
        case Fate::Rejected:
            return {QStringLiteral("x"), ColorRole::Error};
        case Fate::NotLooked:
            return {QStringLiteral("error"), ColorRole::Error};
        case Fate::Late:
            return {QStringLiteral("clock"), ColorRole::Warn};
        case Fate::Waiting:
            return {QStringLiteral("hourglass"), ColorRole::Accent};
        case Fate::Used:
        case Fate::Behind:
            break;
    }
    return {QStringLiteral("help"), ColorRole::Dim};
}

/// In lines of that width, at least one; of the last of `most` what does not fit is cut.
QStringList linesIn(const QString& words, const QFont& font, int width, int most) {
    QTextOption wrapping;
    wrapping.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    QTextLayout layout(words, font);
    layout.setTextOption(wrapping);
    QStringList lines;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(width, 1));
        const bool isLast = lines.size() + 1 >= most;
        const QString rest = words.mid(line.textStart(), isLast ? -1 : line.textLength()).trimmed();
        lines << (isLast ? QFontMetrics(font).elidedText(rest, Qt::ElideRight, width) : rest);
        if (isLast) break;
    }
    layout.endLayout();
    return lines;
}

/// Beside the sign of a line.
int roomForWords(int line) {
    return line - 3 * metrics::kGrid - metrics::kIconSmall;
}

RowWayLine noteLine(const QString& words) {
    RowWayLine line;
    line.icon = QStringLiteral("info");
    line.title = words;
    return line;
}

}  // namespace

std::vector<RowWayLine> rowWayLines(const RowPath& path, const PipelineDocument& document) {
    std::vector<RowWayLine> lines;
    for (const RowStop& stop : path.stops) {
        RowWayLine line;
        line.node = stop.node;
        std::tie(line.icon, line.color) = signOf(stop.fate);
        line.title = appearanceOf(document, stop.node).title;
        line.words = wordsAt(stop, document);
        line.row = cellsOf(stop.row);
        lines.push_back(std::move(line));
    }
    if (path.notFollowed > 0) {
        lines.push_back(noteLine(way(QT_TRANSLATE_N_NOOP("RowWay", "%n more row(s) of it are not followed"),
                                     static_cast<int>(path.notFollowed))));
    }
    if (path.cut)
        lines.push_back(noteLine(way(
            QT_TRANSLATE_NOOP("RowWay", "The sample ended by its time limit: later rows are not in it"))));
    return lines;
}

void RowWayModel::set(std::vector<RowWayLine> lines) {
    beginResetModel();
    m_lines = std::move(lines);
    endResetModel();
}

int RowWayModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QVariant RowWayModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const RowWayLine& line = m_lines[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
            return shownText(line.title);
        case Qt::AccessibleTextRole:
            return shownText(line.words.isEmpty() ? line.title
                                                  : line.title + QStringLiteral(": ") + line.words);
        case Qt::AccessibleDescriptionRole:
            return shownText(line.row);
        case Qt::ToolTipRole: {
            QStringList all{line.title};
            for (const QString& more : {line.words, line.row}) {
                if (!more.isEmpty()) all << more;
            }
            return tipText(all.join(u'\n'));
        }
        case Qt::FontRole:
            return Theme::of(this).font(TextStyle::BodyMedium);
        default:
            return {};
    }
}

void RowWayDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    QStyleOptionViewItem plain = option;
    initStyleOption(&plain, index);
    plain.text.clear();
    const QWidget* const list = option.widget;
    list->style()->drawControl(QStyle::CE_ItemViewItem, &plain, painter, list);
    const auto& model = static_cast<const RowWayModel&>(*index.model());
    const RowWayLine& line = model.lines()[static_cast<std::size_t>(index.row())];
    const Theme& theme = Theme::of(this);
    const Tokens& t = theme.tokens();
    QRect words = option.rect.adjusted(metrics::kGrid, metrics::kStep, -metrics::kGrid, -metrics::kStep);
    const int first = theme.lineHeight(TextStyle::BodyMedium);
    painter->save();
    painter->drawPixmap(words.left(), words.top() + (first - metrics::kIconSmall) / 2,
                        theme.pixmap(line.icon, metrics::kIconSmall, colorOf(t, line.color),
                                     painter->device()->devicePixelRatioF()));
    words.setLeft(words.left() + metrics::kIconSmall + metrics::kGrid);
    const auto write = [&](TextStyle style, const QColor& color, const QString& text) {
        const int height = theme.lineHeight(style);
        painter->setFont(theme.font(style));
        painter->setPen(color);
        painter->drawText(QRect(words.topLeft(), QSize(words.width(), height)),
                          Qt::AlignLeft | Qt::AlignVCenter, text);
        words.setTop(words.top() + height);
    };
    const QFontMetrics bold(theme.font(TextStyle::BodyMedium));
    write(TextStyle::BodyMedium, line.node.empty() ? t.dim : t.text,
          bold.elidedText(shownText(line.title), Qt::ElideRight, words.width()));
    if (!line.words.isEmpty()) {
        // The list is laid out anew a little after it has become narrower: no line goes over the next row.
        const int fitting = words.height() / theme.lineHeight(TextStyle::Caption);
        for (const QString& each :
             linesIn(shownText(line.words), theme.font(TextStyle::Caption), roomForWords(option.rect.width()),
                     std::clamp(fitting, 1, kMostWordLines)))
            write(TextStyle::Caption, t.dim, each);
    }
    painter->restore();
}

QSize RowWayDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Theme& theme = Theme::of(this);
    const auto& model = static_cast<const RowWayModel&>(*index.model());
    const QString& words = model.lines()[static_cast<std::size_t>(index.row())].words;
    int lines = theme.lineHeight(TextStyle::BodyMedium);
    if (!words.isEmpty()) {
        const auto& list = static_cast<const QAbstractItemView&>(*option.widget);
        const int room = roomForWords(list.viewport()->width());
        const QStringList all =
            linesIn(shownText(words), theme.font(TextStyle::Caption), room, kMostWordLines);
        lines += static_cast<int>(all.size()) * theme.lineHeight(TextStyle::Caption);
    }
    return {0, lines + 2 * metrics::kStep};
}

}  // namespace rw::ui
