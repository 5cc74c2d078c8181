// The answer: figures, the curves, and the rows in which a variant differs from A.
#pragma once
#include <QWidget>

#include "widgets/what_if/difference_rows.h"
#include "widgets/what_if/variant_asker.h"

class QComboBox;
class QLabel;
class QStackedLayout;
class QTableView;

namespace rw::ui {

class ElidedLabel;
class FigureCards;
class OverlayChart;
class PipelineDocument;
class SegmentedControl;

class ComparisonView final : public QWidget {
    Q_OBJECT
 public:
    explicit ComparisonView(const PipelineDocument& document, QWidget* parent = nullptr);

    /// One that did not fail. What was chosen before stays chosen where it is there still.
    void setAnswer(VariantAnswerRef answer);
    const VariantAnswerRef& answer() const { return m_answer; }
    void setStale(bool stale);
    /// Whose figures and rows stand beside those of A; all variants are drawn.
    void setVariant(CompareSide variant);
    CompareSide variant() const { return m_variant; }
    /// The difference that is shown; null: none, or it could not be compared.
    const WhatIfDifference* difference() const;
    /// Whose rows are shown: a sink, or the node from which they come; empty: none.
    NodeId shownNode() const;
    void exportDifferences();
    bool mayExport() const;
    OverlayChart& chart() const { return *m_chart; }
    QTableView& table() const { return *m_table; }
    FigureCards& figures() const { return *m_figures; }
    const DifferenceRows& rows() const { return m_rows; }
    void retranslate();

 Q_SIGNALS:
    void exportable();  ///< mayExport() may be another

 private:
    QWidget* makeChart();
    QWidget* makeRows();
    const WhatIfPort* port() const;
    /// Of the variant; of an answer of fewer the last.
    const WhatIfDifference& differenceAt(const WhatIfPort& port) const;
    CompareSide shownVariant() const;
    QString lineWords() const;
    QString nameOf(const WhatIfPort& port) const;
    int firstPort() const;
    void showPort();
    void showNumbers();
    void showCurves();
    void showCounts();
    void showRows();
    void sortBy(int column);
    void copyRows() const;
    QString matchedWords(const WhatIfDifference& difference) const;

    const PipelineDocument& m_document;
    VariantAnswerRef m_answer{};
    DifferenceRows m_rows{};
    std::string m_chosenPort{};    ///< by the nodes that show it
    std::string m_chosenNumber{};  ///< by the name of its column; empty: nobody has chosen
    QString m_chosenKey{};
    RowsShown m_kind = RowsShown::Differ;
    bool m_filling = false;
    CompareSide m_variant = CompareSide::B;
    FigureCards* m_figures;
    QComboBox *m_ports, *m_numbers, *m_keys;
    QLabel *m_chartWords, *m_rowsWords, *m_rowsTitle;
    ElidedLabel *m_lines, *m_matched;
    OverlayChart* m_chart;
    SegmentedControl* m_kinds;
    QTableView* m_table;
    QStackedLayout *m_chartPages, *m_rowPages;
};

}  // namespace rw::ui
