// A card of the welcome page with a title, perhaps a button beside it, and rows.
#pragma once
#include <QFrame>
#include <functional>
#include <vector>

#include "widgets/welcome/list_row.h"

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace rw::ui {

class ListCard : public QFrame {
    Q_OBJECT
 public:
    struct Row {
        ListRowTexts words;
        std::function<void()> act;
        std::function<std::unique_ptr<QMimeData>()> dragged{};  ///< not set: it can't be dragged
    };

    explicit ListCard(QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void addHeadWidget(QWidget* widget);  ///< takes ownership
    /// Replaces all rows; `nothing` is said when there are none.
    void setRows(const std::vector<Row>& rows, const QString& nothing = {});

 private:
    QLabel* m_title;
    QHBoxLayout* m_head;
    QVBoxLayout* m_rows;
};

}  // namespace rw::ui
