// The first rows of a CSV file, under the names of its columns with a box for the type of each.
#pragma once
#include <QAbstractTableModel>
#include <QHeaderView>
#include <vector>

#include "widgets/csv_import/import_choices.h"

class QComboBox;
class QTableView;
class QTimer;

namespace rw::ui {

/// Values that are not of the chosen type stand out, and so do rows that are rejected.
class ImportRows : public QAbstractTableModel {
    Q_OBJECT
 public:
    ImportRows(const ImportChoices& choices, QObject* parent);

    void reset();    ///< other rows
    void refresh();  ///< other types

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    bool isOdd(const CsvPreviewRow& row, std::size_t column) const;

    const ImportChoices& m_choices;
};

/// The head of that table. Boxes are made as their columns come into sight: a file may have thousands.
class ImportHeader : public QHeaderView {
    Q_OBJECT
 public:
    ImportHeader(const ImportChoices& choices, QTableView* table);

    void showColumns();  ///< other ones
    void refresh();      ///< other types
    QComboBox* box(int column);
    QSize sizeHint() const override;

 Q_SIGNALS:
    void typeChosen(int column, int choice);  ///< of ImportChoices::offered()

 protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
    QSize sectionSizeFromContents(int section) const override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void place();
    int nameHeight() const;
    int boxWidth(std::size_t column) const;

    const ImportChoices& m_choices;
    QTableView* m_table;
    QTimer* m_later;  ///< places the boxes
    std::vector<QComboBox*> m_boxes{};
};

}  // namespace rw::ui
