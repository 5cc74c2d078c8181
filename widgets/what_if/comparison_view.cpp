#include "widgets/what_if/comparison_view.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/base/figures.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/save_rows.h"
#include "widgets/document/translated.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"
#include "widgets/what_if/figure_cards.h"
#include "widgets/what_if/overlay_chart.h"

namespace rw::ui {

namespace {

constexpr int kWidestChoice = 220, kChartShare = 3, kRowsShare = 2, kWidestCell = 260;
constexpr qsizetype kLongestName = 80;
constexpr RowsShown kKinds[] = {RowsShown::Differ, RowsShown::OnlyA, RowsShown::OnlyB, RowsShown::Same};

std::string idOf(const WhatIfPort& port) {
    std::string id = port.from.node + "." + port.from.port;
    for (const NodeId& node : port.shown) id += " " + node;
    return id;
}

QWidget* card(QVBoxLayout*& column) {
    auto* box = new QWidget;
    box->setAttribute(Qt::WA_StyledBackground);
    box->setProperty("surface", "card");
    column = new QVBoxLayout(box);
    column->setContentsMargins(1, metrics::kGrid, 1, 1);
    column->setSpacing(metrics::kStep);
    return box;
}

QLabel* wordsInTheMiddle() {
    auto* words = new QLabel;
    words->setProperty("role", "dim");
    words->setAlignment(Qt::AlignCenter);
    words->setWordWrap(true);
    words->setContentsMargins(metrics::kPanelPadding, 0, metrics::kPanelPadding, 0);
    return words;
}

}  // namespace

ComparisonView::ComparisonView(const PipelineDocument& document, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_figures(new FigureCards),
      m_ports(new QComboBox),
      m_numbers(new QComboBox),
      m_keys(new QComboBox),
      m_chartWords(wordsInTheMiddle()),
      m_rowsWords(wordsInTheMiddle()),
      m_rowsTitle(new QLabel),
      m_lines(new ElidedLabel),
      m_matched(new ElidedLabel),
      m_chart(new OverlayChart),
      m_kinds(new SegmentedControl),
      m_table(new QTableView) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kListPadding, metrics::kListPadding, metrics::kListPadding,
                               metrics::kListPadding);
    column->setSpacing(metrics::kGrid);
    column->addWidget(m_figures);
    auto* parted = new QSplitter(Qt::Vertical);
    parted->setChildrenCollapsible(false);
    parted->addWidget(makeChart());
    parted->addWidget(makeRows());
    parted->setStretchFactor(0, kChartShare);
    parted->setStretchFactor(1, kRowsShare);
    column->addWidget(parted, 1);
    connect(m_ports, &QComboBox::activated, this, [this](int index) {
        m_chosenPort = idOf(m_answer->answer.ports[static_cast<std::size_t>(index)]);
        m_chosenNumber.clear();
        m_chosenKey.clear();
        showPort();
    });
    connect(m_numbers, &QComboBox::activated, this, [this](int index) {
        m_chosenNumber = m_numbers->itemData(index, Qt::UserRole + 1).toString().toStdString();
        showCurves();
        showRows();
    });
    connect(m_keys, &QComboBox::activated, this, [this](int index) {
        m_chosenKey = index > 0 ? m_keys->itemData(index).toString() : QString();
        showCurves();
    });
    connect(m_kinds, &SegmentedControl::chosen, this, [this](int index) {
        if (m_filling) return;
        m_kind = kKinds[index];
        showRows();
    });
    connect(m_table->horizontalHeader(), &QHeaderView::sectionClicked, this, &ComparisonView::sortBy);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) { m_chart->mark(m_rows.timeOf(index.row())); });
    connect(copyAction(*m_table), &QAction::triggered, this, &ComparisonView::copyRows);
    retranslate();
}

QWidget* ComparisonView::makeChart() {
    QVBoxLayout* column = nullptr;
    auto* box = card(column);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(metrics::kListPadding, 0, metrics::kListPadding, 0);
    head->setSpacing(metrics::kGrid);
    for (QComboBox* choice : {m_ports, m_numbers, m_keys}) {
        choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        choice->setMaximumWidth(Theme::of(this).scaled(kWidestChoice));
        choice->setMinimumContentsLength(1);
        head->addWidget(choice);
    }
    m_lines->setProperty("role", "caption");
    m_lines->setElideMode(Qt::ElideRight);
    head->addWidget(m_lines, 1);
    column->addLayout(head);
    auto* pages = new QWidget;
    m_chartPages = new QStackedLayout(pages);
    auto* drawn = new QWidget;
    auto* room = new QVBoxLayout(drawn);
    room->setContentsMargins(metrics::kGrid, 0, metrics::kGrid, metrics::kGrid);
    room->addWidget(m_chart);
    m_chartPages->addWidget(drawn);
    m_chartPages->addWidget(m_chartWords);
    column->addWidget(pages, 1);
    return box;
}

QWidget* ComparisonView::makeRows() {
    QVBoxLayout* column = nullptr;
    auto* box = card(column);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(metrics::kListPadding, 0, metrics::kListPadding, 0);
    head->setSpacing(metrics::kGrid);
    m_rowsTitle->setProperty("role", "section");
    m_matched->setProperty("role", "caption");
    m_matched->setElideMode(Qt::ElideRight);
    head->addWidget(m_rowsTitle);
    head->addWidget(m_matched, 1);
    head->addWidget(m_kinds);
    column->addLayout(head);
    m_table->setModel(&m_rows);
    elideAtEdges(*m_table, new ChangeDelegate(m_table));
    applyTableStyle(*m_table);
    QHeaderView& header = *m_table->horizontalHeader();
    header.setSectionsClickable(true);
    header.setSortIndicatorShown(true);
    header.setSortIndicator(DifferenceRows::kTime, Qt::AscendingOrder);
    header.setMinimumSectionSize(Theme::of(this).scaled(metrics::kMinimumTarget));
    auto* pages = new QWidget;
    m_rowPages = new QStackedLayout(pages);
    m_rowPages->addWidget(m_table);
    m_rowPages->addWidget(m_rowsWords);
    column->addWidget(pages, 1);
    return box;
}

const WhatIfPort* ComparisonView::port() const {
    const int index = m_ports->currentIndex();
    const bool there = m_answer && index >= 0 && index < static_cast<int>(m_answer->answer.ports.size());
    return there ? &m_answer->answer.ports[static_cast<std::size_t>(index)] : nullptr;
}

const WhatIfDifference* ComparisonView::difference() const {
    const WhatIfPort* const shown = port();
    return shown != nullptr && differenceAt(*shown).compared() ? &differenceAt(*shown) : nullptr;
}

CompareSide ComparisonView::shownVariant() const {
    const std::size_t sides = m_answer ? m_answer->answer.sides.size() : kMostSides;
    return sideAt(std::min(numberOf(m_variant), sides - 1));
}

const WhatIfDifference& ComparisonView::differenceAt(const WhatIfPort& port) const {
    return port.differences[numberOf(shownVariant()) - 1];
}

void ComparisonView::setVariant(CompareSide variant) {
    if (variant == m_variant) return;
    m_variant = variant;
    if (m_answer) showPort();
}

NodeId ComparisonView::shownNode() const {
    const WhatIfPort* const shown = port();
    if (shown == nullptr) return {};
    for (const NodeId& node : shown->shown) {
        const NodeKind* const kind = m_document.kindOf(node);
        if (kind != nullptr && kind->group == NodeGroup::Sink) return node;
    }
    return shown->from.node;
}

QString ComparisonView::nameOf(const WhatIfPort& port) const {
    QStringList names;
    for (const NodeId& node : port.shown) names << titleOf(m_answer->asked.pipeline, node);
    return shownText(names.join(QStringLiteral(", ")), kLongestName);
}

/// The one that says the most: it differs, and can be drawn.
int ComparisonView::firstPort() const {
    int best = 0, most = -1;
    const std::vector<WhatIfPort>& ports = m_answer->answer.ports;
    for (std::size_t i = 0; i < ports.size(); ++i) {
        if (idOf(ports[i]) == m_chosenPort) return static_cast<int>(i);
        const WhatIfDifference& each = differenceAt(ports[i]);
        if (!each.compared()) continue;
        const ResultShape shape = shapeOf(each);
        const bool drawn = shape.time && !shape.numbers.empty();
        const int says =
            (each.changed.empty() ? 0 : 4) + (drawn && shape.end ? 2 : 0) + (each.isSame() ? 0 : 1);
        if (says > most) best = static_cast<int>(i);
        most = std::max(most, says);
    }
    return best;
}

void ComparisonView::setAnswer(VariantAnswerRef answer) {
    m_rows.set(nullptr, m_kind, std::nullopt);  // its rows are those of the answer before
    m_answer = std::move(answer);
    if (!m_answer) return;
    const QScopedValueRollback filling(m_filling, true);
    m_ports->clear();
    for (const WhatIfPort& port : m_answer->answer.ports) m_ports->addItem(nameOf(port));
    m_ports->setCurrentIndex(firstPort());
    showPort();
}

void ComparisonView::showPort() {
    const QScopedValueRollback filling(m_filling, true);
    if (const WhatIfPort* const shown = port()) m_figures->set(m_answer->answer, *shown, shownVariant());
    m_lines->setText(lineWords());
    showNumbers();
    showCounts();
    showCurves();
    showRows();
    Q_EMIT exportable();
}

void ComparisonView::showNumbers() {
    m_numbers->clear();
    m_keys->clear();
    const WhatIfDifference* const shown = difference();
    if (shown == nullptr) return;
    const ResultShape shape = shapeOf(*shown);
    const std::optional<int> first = liveliest(*shown, shape);
    for (const int column : shape.numbers) {
        const QString name =
            QString::fromStdString(shown->schema->fields[static_cast<std::size_t>(column)].name);
        m_numbers->addItem(shownText(name, kLongestName), column);
        m_numbers->setItemData(m_numbers->count() - 1, name, Qt::UserRole + 1);
        const bool chosen = m_chosenNumber.empty() ? column == first : name.toStdString() == m_chosenNumber;
        if (chosen) m_numbers->setCurrentIndex(m_numbers->count() - 1);
    }
    const QStringList& keys = m_answer->keys[static_cast<std::size_t>(m_ports->currentIndex())];
    if (keys.size() > 1) {
        m_keys->addItem(tr("Largest of %1 keys").arg(countText(static_cast<std::uint64_t>(keys.size()))));
        for (const QString& key : keys) m_keys->addItem(shownText(key, kLongestName), key);
        m_keys->setCurrentIndex(std::max(0, m_chosenKey.isEmpty() ? 0 : m_keys->findData(m_chosenKey)));
    }
    m_numbers->setVisible(m_numbers->count() > 0);
    m_keys->setVisible(m_keys->count() > 0);
}

void ComparisonView::showCurves() {
    const WhatIfDifference* const shown = difference();
    ResultSeries series;
    if (shown != nullptr && m_numbers->currentIndex() >= 0) {
        const QString key = m_keys->currentIndex() > 0 ? m_keys->currentData().toString() : QString();
        series = seriesOf(*shown, shapeOf(*shown), m_numbers->currentData().toInt(), key);
        series.shown = shownVariant();
        // Variants need not have the same columns: those of another one are found by their names.
        const std::string name = m_numbers->currentData(Qt::UserRole + 1).toString().toStdString();
        const std::vector<WhatIfDifference>& all = port()->differences;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (&all[i] == shown || !all[i].compared()) continue;
            if (const std::optional<int> column = all[i].schema->find(name))
                series.add(sideAt(i + 1), seriesOf(all[i], shapeOf(all[i]), *column, key));
        }
    }
    QString none = tr("This result has no number over a time that could be drawn. Its rows are below.");
    if (shown != nullptr && shown->counted) none = tr("There are too many rows to draw.");
    if (shown == nullptr && port() != nullptr) none = translated(differenceAt(*port()).missing);
    m_chartWords->setText(none);
    m_chartPages->setCurrentIndex(series.empty() ? 1 : 0);
    m_chart->setSeries(std::move(series), m_numbers->currentText());
}

void ComparisonView::showCounts() {
    const WhatIfDifference* const shown = difference();
    QStringList words;
    const auto count = [shown](RowsShown kind) {
        return countText(shown != nullptr ? countOf(*shown, kind) : 0);
    };
    words << tr("Differ %1").arg(count(RowsShown::Differ))
          << tr("Only in %1 %2").arg(letterOf(CompareSide::A), count(RowsShown::OnlyA))
          << tr("Only in %1 %2").arg(letterOf(shownVariant()), count(RowsShown::OnlyB))
          << tr("Same %1").arg(count(RowsShown::Same));
    m_kinds->setSegments(words, false);
    // Where none differs in its values, what one side alone has is looked at first.
    if (shown != nullptr && countOf(*shown, m_kind) == 0 && m_kind != RowsShown::Same) {
        for (const RowsShown kind : {RowsShown::OnlyB, RowsShown::OnlyA, RowsShown::Differ}) {
            if (countOf(*shown, kind) > 0) m_kind = kind;
        }
    }
    m_kinds->setCurrentIndex(static_cast<int>(m_kind));
    m_matched->setText(shown != nullptr ? matchedWords(*shown) : QString());
}

QString ComparisonView::matchedWords(const WhatIfDifference& difference) const {
    const std::uint64_t differing =
        difference.changed.size() + difference.onlyACount() + difference.onlyBCount();
    const QString counts = tr("%1 of %2").arg(countText(differing), countText(differing + difference.same));
    if (difference.key.empty()) return counts + QStringLiteral(" · ") + tr("compared as whole rows");
    QStringList names;
    for (const int column : difference.key)
        names << QString::fromStdString(difference.schema->fields[static_cast<std::size_t>(column)].name);
    return counts + QStringLiteral(" · ") + tr("matched by %1").arg(names.join(QStringLiteral(", ")));
}

void ComparisonView::showRows() {
    const WhatIfDifference* const shown = difference();
    std::optional<int> number;
    if (m_numbers->currentIndex() >= 0) number = m_numbers->currentData().toInt();
    m_rows.set(shown, m_kind, number, shownVariant());
    const ResultShape shape = shown != nullptr ? shapeOf(*shown) : ResultShape();
    m_table->setColumnHidden(DifferenceRows::kTime, !shape.time);
    m_table->setColumnHidden(DifferenceRows::kKey, shape.keys.empty());
    for (const int column : {DifferenceRows::kChange, DifferenceRows::kBar})
        m_table->setColumnHidden(column, !number || m_kind != RowsShown::Differ);
    m_table->setColumnHidden(DifferenceRows::kA, m_kind == RowsShown::OnlyB);
    m_table->setColumnHidden(DifferenceRows::kB, m_kind == RowsShown::OnlyA || m_kind == RowsShown::Same);
    fitColumns(*m_table, Theme::of(this).scaled(kWidestCell));
    QString none = tr("No row is here.");
    if (shown != nullptr && shown->isSame())
        none = tr("All rows are the same in A and %1.").arg(letterOf(shownVariant()));
    if (shown != nullptr && shown->counted)
        none = tr("There are too many rows to show which these are: they were only counted.");
    if (shown == nullptr && port() != nullptr) none = translated(differenceAt(*port()).missing);
    m_rowsWords->setText(none);
    m_rowPages->setCurrentIndex(m_rows.rowCount() > 0 ? 0 : 1);
}

void ComparisonView::sortBy(int column) {
    const bool again = column == m_rows.sortColumn();
    // Of changes the largest are looked for first.
    const bool large = column == DifferenceRows::kChange || column == DifferenceRows::kBar;
    const bool descending = again ? !m_rows.isDescending() : large;
    m_rows.sortBy(column, descending);
    m_table->horizontalHeader()->setSortIndicator(column,
                                                  descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void ComparisonView::copyRows() const {
    QStringList lines;
    QModelIndexList chosen = m_table->selectionModel()->selectedRows();
    std::sort(chosen.begin(), chosen.end(),
              [](const QModelIndex& one, const QModelIndex& other) { return one.row() < other.row(); });
    for (const QModelIndex& index : chosen) {
        QStringList cells;
        for (int column = 0; column < DifferenceRows::kBar; ++column) {
            if (!m_table->isColumnHidden(column))
                cells << m_rows.index(index.row(), column).data().toString().replace(u'\t', u' ');
        }
        lines << cells.join(u'\t');
    }
    if (!lines.isEmpty()) QGuiApplication::clipboard()->setText(lines.join(u'\n') + u'\n');
}

bool ComparisonView::mayExport() const {
    const WhatIfDifference* const shown = difference();
    return shown != nullptr && !shown->counted &&
           !(shown->changed.empty() && shown->onlyA.empty() && shown->onlyB.empty());
}

void ComparisonView::exportDifferences() {
    if (!mayExport()) return;
    saveRows(window(), m_document, tr("Export the differences"),
             nameOf(*port()) + QStringLiteral(" ") + tr("differences"),
             [answer = m_answer, shown = difference(), variant = shownVariant()] {
                 return differencesOf(*shown, variant);
             });
}

QString ComparisonView::lineWords() const {
    const std::size_t sides = m_answer ? m_answer->answer.sides.size() : 2;
    if (sides <= 2) return tr("A dashed, B solid");
    return sides == 3 ? tr("A dashed, B solid, C dotted")
                      : tr("A dashed, B solid, C dotted, D dashes and dots");
}

void ComparisonView::setStale(bool stale) {
    m_chart->setStale(stale);
    m_figures->setStale(stale);
    m_table->setEnabled(!stale);
}

void ComparisonView::retranslate() {
    m_lines->setText(lineWords());
    m_rowsTitle->setText(tr("Rows that differ"));
    m_table->setAccessibleName(tr("Rows that differ"));
    m_ports->setAccessibleName(tr("Result"));
    m_ports->setToolTip(tr("The result that is compared"));
    m_numbers->setAccessibleName(tr("Number"));
    m_numbers->setToolTip(tr("The number that is drawn and compared"));
    m_keys->setAccessibleName(tr("Key"));
    m_keys->setToolTip(tr("Whose values are drawn"));
    if (QAction* const copy = m_table->actions().value(0)) copy->setText(tr("Copy"));
    if (m_answer) showPort();
    m_rows.refresh();
}

}  // namespace rw::ui
