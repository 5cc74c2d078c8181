// “Test connection”: tests a target, and shows its answer.
#pragma once
#include <QWidget>
#include <optional>

#include "core/cluster/targets/target_check.h"
#include "widgets/background/latest.h"
#include "widgets/background/worker.h"

class QLabel;
class QPushButton;

namespace rw::ui {

class HintBox;

class ConnectionTest : public QWidget {
    Q_OBJECT
 public:
    explicit ConnectionTest(SecretSource secrets, QWidget* parent = nullptr);

    /// The target to test; nothing: it can't be tested, as it stands. The answer of another one is removed.
    void setTarget(const std::optional<Target>& target);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void press();
    void start();
    void cancel();
    void take(const Result<TargetReport>& report);
    void describe(const Result<TargetReport>& report);
    void describe(const TargetReport& report);
    void refresh();

    const SecretSource m_secrets;
    Worker m_worker;
    Latest m_test{this};
    std::optional<Target> m_target{};
    std::optional<Result<TargetReport>> m_report{};
    QPushButton* m_button;
    QLabel* m_state;
    HintBox* m_answer;
};

}  // namespace rw::ui
