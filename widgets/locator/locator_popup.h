// The search of everything: a field and its matches; Enter chooses one.
#pragma once
#include <QPointer>

#include "widgets/locator/locator_list.h"
#include "widgets/theme/pick_popup.h"

namespace rw::ui {

class LocatorPopup : public PickPopup {
    Q_OBJECT
 public:
    /// Lies over `window`.
    explicit LocatorPopup(QWidget* window);

    /// Opens below `anchor`, right edges in line. The keyboard goes back to where it was on leaving.
    void open(std::vector<SearchItem> items, const QWidget& anchor);

 private:
    void filter(const QString& typed) override;
    void accept() override;
    void leave() override;

    LocatorModel* m_model;
    QPointer<QWidget> m_before;  ///< had the keyboard
};

}  // namespace rw::ui
