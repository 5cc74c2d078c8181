#include "widgets/inspector/fields/param_field.h"

#include <QPushButton>

#include "widgets/theme/theme.h"

namespace rw::ui {

const char* stateOf(const std::vector<Issue>& issues) {
    const char* state = "";
    for (const Issue& issue : issues) {
        if (issue.severity == Severity::Error) return "error";
        state = "warn";
    }
    return state;
}

void setFieldState(QWidget& widget, const char* state) {
    if (widget.property("state").toString() == QLatin1String(state)) return;
    widget.setProperty("state", state);
    Theme::repolish(&widget);
}

QPushButton* makeAddButton() {
    auto* button = new QPushButton;
    button->setProperty("role", "link");
    button->setIcon(Theme::of(button).icon(u"plus", ColorRole::Accent));
    return button;
}

}  // namespace rw::ui
