// The engine that the pipeline is for: the one inside, a target of the user's, or an engine alone, for which
// it is judged and exported. Remembered for each file, in the user's settings: a file from elsewhere chooses
// nothing.
#pragma once
#include <QComboBox>
#include <optional>
#include <vector>

#include "core/deploy/verdict.h"

namespace rw::ui {

class ClusterSession;
class PipelineDocument;
class PortabilityCheck;
class TargetList;

class EngineChoice : public QComboBox {
    Q_OBJECT
 public:
    /// All must outlive it. The check of portability and `cluster` are told the last choice for the document's
    /// file, and all later choices. A document without a file yet begins with the engine
    /// inside.
    EngineChoice(PipelineDocument& document, TargetList& targets, ClusterSession& cluster,
                 QWidget* parent = nullptr);
    void retranslate();
    /// As if a person had chosen it; nothing where there is no such target.
    void chooseTarget(const QString& name);

    void showPopup() override;

 Q_SIGNALS:
    void targetsRequested();

 protected:
    void wheelEvent(QWheelEvent* event) override;

 private:
    struct Choice {
        std::optional<Engine> engine{};  ///< none: the embedded one
        QString target{};                ///< its name; empty: the engine alone
        bool operator==(const Choice&) const = default;
    };
    static QString keyOf(const Choice& choice);
    Choice kept() const;
    void keep() const;
    void followFile();  ///< another document, or it was saved under another name
    void choose(int index);
    void take(const Choice& choice);
    void onTargets();
    void follow();        ///< the engine that is asked for verdicts
    void followTarget();  ///< that of a job that is watched
    void fill();
    bool lists(Engine engine) const;
    std::vector<QString> targetsOf(Engine engine) const;

    const PipelineDocument& m_document;
    PortabilityCheck& m_portability;
    TargetList& m_targets;
    ClusterSession& m_cluster;
    Choice m_chosen{};
    QString m_path{};        ///< of the file that this was chosen for
    bool m_opened = false;   ///< the list was, since the last choice
    bool m_lacking = false;  ///< an engine is chosen, and there is no target of it
};

}  // namespace rw::ui
