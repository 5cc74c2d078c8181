// Effect on rows: both versions run over the same input and write nothing; the outputs with how many of their
// rows are gone, new, changed and the same, and these rows.
#pragma once
#include <QWidget>
#include <optional>

#include "widgets/versions/effect_models.h"

class QLabel;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace rw::ui {

class Chip;
class ElidedLabel;
class EmptyState;

class EffectView final : public QWidget {
    Q_OBJECT
 public:
    explicit EffectView(QWidget* parent = nullptr);

    /// Asks a moment later; nothing: the two run alike, or one can't be read.
    void compare(std::optional<EffectQuestion> question);
    /// Nobody looks any more.
    void rest() { m_asker.cancel(); }
    void forget();
    bool isWaiting() const { return m_asker.isWaiting(); }
    const EffectOutputs& outputs() const { return m_outputs; }
    const EffectRows& rows() const { return m_rows; }
    QTableView& outputTable() const { return *m_outputTable; }
    QPushButton& againButton() const { return *m_again; }
    void retranslate();

 private:
    QWidget* makeBar();
    QWidget* makeTables();
    void show(const EffectAnswerRef& answer);
    void showAll();
    void showBar(const EffectAnswerRef& answer);
    void showRows();
    QString inputWords(const EffectAnswer& answer) const;

    std::optional<EffectQuestion> m_question{};
    EffectAsker m_asker{};
    EffectOutputs m_outputs{};
    EffectRows m_rows{};
    EffectAnswerRef m_shown{};
    ElidedLabel* m_input;
    Chip* m_shield;
    QLabel* m_took;
    QPushButton* m_again;
    QTableView *m_outputTable, *m_rowTable;
    ElidedLabel* m_rowWords;
    EmptyState* m_empty;
    QStackedLayout* m_pages;
};

}  // namespace rw::ui
