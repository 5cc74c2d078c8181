// The line under the grid: what is chosen or what there is to say of the rows, and which of them are in
// sight.
#pragma once
#include <QWidget>

class QLabel;
class QTableView;

namespace rw::ui {

class ResultFoot : public QWidget {
    Q_OBJECT
 public:
    /// The grid, with its model, must outlive the foot.
    explicit ResultFoot(QTableView& grid, QWidget* parent = nullptr);

    /// Shown while no row is chosen; a warning always.
    void setNotice(const QString& text, bool warning);

 private:
    void refresh();

    QTableView& m_grid;
    QString m_notice;
    bool m_warning = false;
    QLabel *m_chosen, *m_place;
};

}  // namespace rw::ui
