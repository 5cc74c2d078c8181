// Above the page: what the runs read, what they leave alone, and how long they took.
#pragma once
#include <QWidget>

#include "widgets/what_if/variant_asker.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace rw::ui {

class Chip;
class ElidedLabel;

class InputBar final : public QWidget {
    Q_OBJECT
 public:
    explicit InputBar(QWidget* parent = nullptr);

    /// The tape that is chosen; empty: the sources are read again.
    QString tape() const;
    /// The tape of the run that is shown, if it has one: it stands first, and is chosen until a person has
    /// chosen.
    void offerTape(const QString& path);
    /// The next tape that is offered is chosen, whatever a person has chosen so far.
    void followRuns() { m_chosen = false; }
    /// A run has kept its newest input: that is read in place of the sources.
    void setKept(bool kept);
    /// Another pipeline: the sources are read again.
    void forget();
    /// What came of it; null: nothing yet. `sinks`: how many stay out of it.
    void setAnswer(const VariantAnswerRef& answer, int sinks);
    void setBusy(bool busy);
    QPushButton& exportButton() const { return *m_export; }
    QPushButton& againButton() const { return *m_again; }
    bool isBusy() const { return m_busy; }
    QComboBox& inputs() const { return *m_inputs; }
    void retranslate();

 Q_SIGNALS:
    void tapeChosen();
    void againRequested();
    void cancelRequested();
    void exportRequested();

 protected:
    void resizeEvent(QResizeEvent* event) override;

 private:
    void choose(int index);
    int place(const QString& path);
    void listTapes();
    void showWords();
    void fit();

    QComboBox* m_inputs;
    QLabel* m_rows;
    Chip* m_shield;
    ElidedLabel* m_took;
    QPushButton *m_export, *m_again;
    QString m_short{}, m_long{};  ///< of the shield
    bool m_chosen = false;        ///< by a person
    bool m_busy = false, m_kept = false;
    int m_current = 0, m_sinks = 0;
    VariantAnswerRef m_answer{};
    Latest m_list{this};
};

}  // namespace rw::ui
