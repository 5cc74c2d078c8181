// The log as a feature of the window: its panel, and the file with the same lines and Qt's own messages.
#pragma once
#include <spdlog/logger.h>

#include <memory>

#include "widgets/pane/feature.h"

namespace rw::ui {

class LogPanel;
struct LogFile;

class LogFeature final : public Feature {
 public:
    explicit LogFeature(const FeatureParts& parts);
    ~LogFeature() override;

    const char* id() const override { return "log"; }
    std::vector<Pane*> panels() override;

 private:
    void writeTo(const LogFile& file);

    const FeatureParts m_parts;
    LogPanel* m_panel = nullptr;  ///< of the window; null until panels()
    std::shared_ptr<spdlog::logger> m_listening{};  ///< to Qt; null: not yet
};

}  // namespace rw::ui
