// The search of everything: a field and what it finds. ↑ and ↓ choose, Enter does it, Esc or a click
// elsewhere leaves.
#pragma once
#include <QFrame>
#include <QListView>
#include <QPointer>

#include "widgets/locator/locator_list.h"

class QLabel;

namespace rw::ui {

class SearchField;

class LocatorPopup : public QFrame {
    Q_OBJECT
 public:
    /// Lies over `window`.
    explicit LocatorPopup(QWidget* window);

    /// Opens below `anchor`, right edges in line. The keyboard goes back to where it was on leaving.
    void open(std::vector<LocatorItem> items, const QWidget& anchor);

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void filter(const QString& typed);
    void step(int rows);
    void accept();
    void leave();

    SearchField* m_field;
    QListView* m_list;
    LocatorModel* m_model;
    QLabel* m_nothing;
    QPointer<QWidget> m_before;  ///< had the keyboard
};

}  // namespace rw::ui
