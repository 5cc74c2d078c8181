// Which engine the pipeline is drawn for: the one inside, or one that it is exported to. Kept between
// sessions.
#pragma once
#include <QComboBox>

namespace rw::ui {

class PortabilityCheck;

class EngineChoice : public QComboBox {
    Q_OBJECT
 public:
    /// `portability` must outlive it, and is told what was chosen last.
    explicit EngineChoice(PortabilityCheck& portability, QWidget* parent = nullptr);
    void retranslate();

 protected:
    void wheelEvent(QWheelEvent* event) override;

 private:
    void choose(int index);
    void follow();

    PortabilityCheck& m_portability;
};

}  // namespace rw::ui
