#include "widgets/csv_import/import_table.h"

#include <QComboBox>
#include <QPainter>
#include <QScrollBar>
#include <QTableView>
#include <QTimer>

#include "core/connect/csv/values.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr int kNameGap = 12, kBoxGap = 4;
constexpr int kArrowRoom = 52;  // of a box besides its words

QString columnName(const ImportChoices& choices, int column) {
    return shownText(
        QString::fromStdString(choices.preview().columns[static_cast<std::size_t>(column)].name));
}

QString typeName(const std::optional<Type>& type) {
    return type ? QString::fromStdString(toString(*type)) : ImportHeader::tr("Leave out");
}

}  // namespace

ImportRows::ImportRows(const ImportChoices& choices, QObject* parent)
    : QAbstractTableModel(parent), m_choices(choices) {}

void ImportRows::reset() {
    beginResetModel();
    endResetModel();
}

void ImportRows::refresh() {
    if (rowCount() > 0 && columnCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int ImportRows::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_choices.preview().first.size());
}

int ImportRows::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_choices.size());
}

bool ImportRows::isOdd(const CsvPreviewRow& row, std::size_t column) const {
    const std::optional<Type> type = m_choices.type(column);
    const std::string& text = row.cells[column];
    return type && !type->is(TypeId::String) && !text.empty() && !isCsvValue(text, *type, m_choices.format());
}

QVariant ImportRows::data(const QModelIndex& index, int role) const {
    const CsvPreviewRow& row = m_choices.preview().first[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<std::size_t>(index.column());
    const Tokens& tokens = Theme::of(this).tokens();
    switch (role) {
        case Qt::DisplayRole:
            return column < row.cells.size() ? shownText(QString::fromStdString(row.cells[column]))
                                             : QString();
        case Qt::ToolTipRole:
            if (!row.rejected.empty())
                return tipText(tr("This row is rejected: %1").arg(translated(row.rejected)));
            return column < row.cells.size() ? tipText(QString::fromStdString(row.cells[column])) : QString();
        case Qt::ForegroundRole:
            if (!row.rejected.empty()) return tokens.error.text;
            if (!m_choices.type(column)) return tokens.dim;
            return column < row.cells.size() && isOdd(row, column) ? tokens.warn.text : tokens.text;
        case Qt::TextAlignmentRole: {
            const std::optional<Type> type = m_choices.type(column);
            return static_cast<int>((type && type->isNumeric() ? Qt::AlignRight : Qt::AlignLeft) |
                                    Qt::AlignVCenter);
        }
        default:
            return {};
    }
}

QVariant ImportRows::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return columnName(m_choices, section);
}

ImportHeader::ImportHeader(const ImportChoices& choices, QTableView* table)
    : QHeaderView(Qt::Horizontal, table), m_choices(choices), m_table(table), m_later(new QTimer(this)) {
    setHighlightSections(false);
    setMinimumSectionSize(Theme::of(this).scaled(96));
    // All columns that change at once are told one by one.
    m_later->setSingleShot(true);
    connect(m_later, &QTimer::timeout, this, &ImportHeader::place);
    connect(this, &QHeaderView::sectionResized, m_later, qOverload<>(&QTimer::start));
    connect(this, &QHeaderView::geometriesChanged, this, &ImportHeader::place);
    connect(table->horizontalScrollBar(), &QScrollBar::valueChanged, this, &ImportHeader::place);
}

void ImportHeader::showColumns() {
    // Not at once: one of them may be in the middle of telling its choice.
    for (QComboBox* box : m_boxes) {
        if (box == nullptr) continue;
        box->hide();
        box->deleteLater();
    }
    m_boxes.assign(m_choices.size(), nullptr);
    place();
}

void ImportHeader::refresh() {
    for (std::size_t i = 0; i < m_boxes.size(); ++i) {
        if (m_boxes[i] == nullptr) continue;
        m_boxes[i]->setCurrentText(typeName(m_choices.type(i)));
        const int section = static_cast<int>(i);
        if (sectionSize(section) < boxWidth(i)) resizeSection(section, boxWidth(i));
    }
    // Columns that are fitted one after the other tell their new widths before they have them.
    place();
}

QComboBox* ImportHeader::box(int column) {
    const auto place = static_cast<std::size_t>(column);
    if (m_boxes[place] != nullptr) return m_boxes[place];
    auto* box = new QComboBox(viewport());
    m_boxes[place] = box;
    for (const std::optional<Type>& type : m_choices.offered(place)) box->addItem(typeName(type));
    box->setCurrentText(typeName(m_choices.type(place)));
    box->setAccessibleName(tr("Type of %1").arg(columnName(m_choices, column)));
    box->setObjectName(QStringLiteral("type_%1").arg(column));
    box->installEventFilter(this);
    connect(box, &QComboBox::activated, this,
            [this, column](int choice) { Q_EMIT typeChosen(column, choice); });
    if (column > 0 && m_boxes[place - 1] != nullptr) setTabOrder(m_boxes[place - 1], box);
    return box;
}

// One column more than is in sight, so that Tab finds it.
void ImportHeader::place() {
    if (m_boxes.size() != static_cast<std::size_t>(count())) return;  // the model is being changed
    const int width = viewport()->width();
    bool beyond = false;
    for (int i = 0; i < count(); ++i) {
        const int left = sectionViewportPosition(i);
        const bool seen = left < width && left + sectionSize(i) > 0;
        if (!seen && (left <= 0 || beyond) && m_boxes[static_cast<std::size_t>(i)] == nullptr) continue;
        beyond = beyond || left >= width;
        QComboBox* shown = box(i);
        shown->setGeometry(left + kBoxGap, nameHeight(), sectionSize(i) - 2 * kBoxGap,
                           height() - nameHeight() - kBoxGap);
        shown->show();
    }
}

int ImportHeader::boxWidth(std::size_t column) const {
    const Theme& theme = Theme::of(this);
    const int words =
        QFontMetrics(theme.font(TextStyle::Body)).horizontalAdvance(typeName(m_choices.type(column)));
    return words + theme.scaled(kArrowRoom) + 2 * kBoxGap;
}

int ImportHeader::nameHeight() const {
    return Theme::of(this).lineHeight(TextStyle::BodyStrong) + 2 * metrics::kStep;
}

QSize ImportHeader::sizeHint() const {
    return {QHeaderView::sizeHint().width(),
            nameHeight() + Theme::of(this).scaled(metrics::kControlHeight) + kBoxGap};
}

QSize ImportHeader::sectionSizeFromContents(int section) const {
    const QFontMetrics metrics(Theme::of(this).font(TextStyle::BodyStrong));
    const int name = metrics.horizontalAdvance(columnName(m_choices, section)) + 2 * kNameGap;
    return {std::max(name, boxWidth(static_cast<std::size_t>(section))), sizeHint().height()};
}

void ImportHeader::paintSection(QPainter* painter, const QRect& rect, int section) const {
    const Theme& theme = Theme::of(this);
    const Tokens& tokens = theme.tokens();
    painter->save();
    painter->fillRect(rect, tokens.panel2);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), tokens.line);
    painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), tokens.line);
    painter->setFont(theme.font(TextStyle::BodyStrong));
    painter->setPen(m_choices.type(static_cast<std::size_t>(section)) ? tokens.text : tokens.dim);
    QRect words = rect.adjusted(kNameGap, 0, -kNameGap, 0);
    words.setHeight(nameHeight());
    painter->drawText(
        words, Qt::AlignLeft | Qt::AlignVCenter,
        painter->fontMetrics().elidedText(columnName(m_choices, section), Qt::ElideRight, words.width()));
    painter->restore();
}

void ImportHeader::resizeEvent(QResizeEvent* event) {
    QHeaderView::resizeEvent(event);
    place();
}

// The box that has the keyboard is in sight, and the next one is there.
bool ImportHeader::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn) {
        const auto found = std::find(m_boxes.begin(), m_boxes.end(), watched);
        const int column = static_cast<int>(found - m_boxes.begin());
        if (found != m_boxes.end()) {
            const int left = sectionViewportPosition(column), right = left + sectionSize(column);
            QScrollBar& bar = *m_table->horizontalScrollBar();
            if (left < 0) bar.setValue(bar.value() + left);
            if (right > viewport()->width()) bar.setValue(bar.value() + right - viewport()->width());
            place();
        }
    }
    return QHeaderView::eventFilter(watched, event);
}

}  // namespace rw::ui
