#include "widgets/inspector/below_form.h"

#include <QLabel>

#include "widgets/theme/theme.h"

namespace rw::ui {

QVBoxLayout* layOutBelowForm(QWidget& box, QLabel& head, QLabel& result, QLabel& rest) {
    box.setProperty("edge", "top");  // the form may go on behind it
    box.setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(&box);
    column->setContentsMargins(metrics::kPanelPadding, metrics::kGrid, metrics::kPanelPadding,
                               metrics::kGrid);
    column->setSpacing(metrics::kStep);
    head.setProperty("role", "section");
    result.setProperty("role", "strong");
    rest.setProperty("role", "caption");
    for (QLabel* words : {&result, &rest}) words->setWordWrap(true);
    return column;
}

}  // namespace rw::ui
