// A field and under it a list of its matches: ↑ and ↓ choose, Enter takes, Esc or a click elsewhere leaves.
#pragma once
#include <QFrame>

class QAbstractItemDelegate;
class QAbstractItemModel;
class QLabel;
class QListView;

namespace rw::ui {

class SearchField;

class PickPopup : public QFrame {
    Q_OBJECT
 protected:
    /// Lies over `parent`, hidden. Model and delegate become children of the popup.
    PickPopup(QAbstractItemModel* model, QAbstractItemDelegate* delegate, QWidget* parent);

    SearchField& field() const { return *m_field; }
    QListView& list() const { return *m_list; }
    /// To be called when the model has changed: at most `rows` rows in sight, the first chosen; without any
    /// the words stand there instead.
    void fitList(int rows, const QString& nothing);

    virtual void filter(const QString& typed) = 0;
    virtual void accept() = 0;  ///< the current row was chosen
    virtual void leave() = 0;   ///< given up: hide and give the keyboard back

    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void step(int rows);

    SearchField* m_field;
    QListView* m_list;
    QLabel* m_nothing;
};

}  // namespace rw::ui
