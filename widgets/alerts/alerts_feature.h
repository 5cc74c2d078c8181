// Alerts, as a feature of the window: the panel that lists them, and the number of open ones in the status
// bar.
#pragma once
#include <QPointer>

#include "widgets/pane/feature.h"

namespace rw::ui {

class AlertsPanel;

class AlertsFeature final : public Feature {
 public:
    explicit AlertsFeature(const FeatureParts& parts) : m_parts(parts) {}

    const char* id() const override { return "alerts"; }
    std::vector<Pane*> panels() override;
    std::vector<QWidget*> statusParts() override;

 private:
    const FeatureParts m_parts;
    QPointer<AlertsPanel> m_panel{};
};

}  // namespace rw::ui
