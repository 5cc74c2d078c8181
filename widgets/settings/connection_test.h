// “Test connection”: asks a target behind, and says what it answered.
#pragma once
#include <QWidget>
#include <atomic>
#include <memory>
#include <optional>

#include "core/cluster/targets/target_check.h"
#include "widgets/document/worker.h"

class QLabel;
class QPushButton;

namespace rw::ui {

class HintBox;

class ConnectionTest : public QWidget {
    Q_OBJECT
 public:
    explicit ConnectionTest(SecretSource secrets, QWidget* parent = nullptr);
    ~ConnectionTest() override;

    /// What is tested; nothing: it can't be, as it stands. The answer of another one goes.
    void setTarget(const std::optional<Target>& target);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void press();
    void start();
    void cancel();
    void take(quint64 question, const Result<TargetReport>& report);
    void describe(const Result<TargetReport>& report);
    void describe(const TargetReport& report);
    void refresh();

    const SecretSource m_secrets;
    Worker m_worker;
    quint64 m_question = 0;
    std::shared_ptr<std::atomic<bool>> m_cancelled{};  ///< of what is under way; null: nothing is
    std::optional<Target> m_target{};
    std::optional<Result<TargetReport>> m_report{};
    QPushButton* m_button;
    QLabel* m_state;
    HintBox* m_answer;
};

}  // namespace rw::ui
