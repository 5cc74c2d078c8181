// How the charts of the dashboard draw early results: shown, dimmed or hidden. Kept in the settings.
#pragma once
#include <QPushButton>

#include "widgets/charts/sharing/provisional.h"

class QMenu;

namespace rw::ui {

class ProvisionalChoice : public QPushButton {
    Q_OBJECT
 public:
    explicit ProvisionalChoice(QWidget* parent = nullptr);
    Provisional chosen() const { return m_chosen; }

 Q_SIGNALS:
    void changed();

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void choose(Provisional how);
    void fill();
    void refresh();

    QMenu* m_menu;
    Provisional m_chosen = Provisional::Dimmed;
};

}  // namespace rw::ui
