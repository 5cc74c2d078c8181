// What a form has below a field to try it at once.
#pragma once
#include <QWidget>

namespace rw::ui {

class TrialBox : public QWidget {
    Q_OBJECT
 public:
    using QWidget::QWidget;
    /// The node was validated anew: other columns, other settings.
    virtual void refresh() = 0;
};

}  // namespace rw::ui
