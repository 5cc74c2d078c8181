// The dialog of Merge…: another version is merged into what is in the window, and what both have changed is
// decided one by one.
#pragma once
#include <QDialog>
#include <array>
#include <functional>

#include "widgets/background/latest.h"
#include "widgets/versions/clashes_model.h"
#include "widgets/versions/merge_base.h"

class QButtonGroup;
class QComboBox;
class QLabel;
class QListView;
class QPushButton;
class QRadioButton;

namespace rw::ui {

class ChangesModel;
class PipelineDocument;
class VersionsSide;

/// Ours is the document, as it is at any time, theirs the version that is merged in. Versions are read and
/// the base is looked for in the background. The result is one step of undo; nothing is saved by it.
class MergeDialog final : public QDialog {
    Q_OBJECT
 public:
    /// `entries`: the versions to choose from, the newest first, as the page has them. `theirs`: the one that
    /// is merged in at first; where it can't be, none is. The document must outlive it.
    MergeDialog(PipelineDocument& document, std::vector<VersionEntry> entries, const QString& theirs,
                QWidget* parent);

    bool isBusy() const { return m_opening.isWaiting() || m_guessing.isWaiting(); }
    void mergeIn(const QString& file);      ///< another file
    void setBaseFile(const QString& file);  ///< the common base is in it
    void chooseTheirs(const QString& key);
    void chooseBase(const QString& key);
    /// Nothing: one of the versions is not chosen.
    const std::optional<MergeState>& state() const { return m_state; }
    /// Decides the current clash by one of sidesOf() its kind; whether there is such a one.
    bool take(std::size_t number);

 Q_SIGNALS:
    void merged(const QString& words);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    struct Choice {
        QRadioButton* button = nullptr;
        QLabel* value = nullptr;
        QWidget *box = nullptr, *room = nullptr;  ///< of both, and of the value, which scrolls
    };
    void build();
    QWidget* makeClash();
    void refreshWords();
    void fillLists();
    void readFile(const QString& file, void (MergeDialog::*use)(const QString& key));
    void askForFile(const QString& title, void (MergeDialog::*use)(const QString& file));
    const VersionEntry* find(const QString& key) const;
    void mergeAnew();
    void showState();
    void showClash();
    int currentClash() const;
    QString baseWords() const;
    QString stateWords() const;
    void goOn();
    void decideRest(MergeSide side);
    void act();

    PipelineDocument& m_document;
    std::vector<VersionEntry> m_entries;
    QString m_theirs{};
    MergeBase m_base{};
    bool m_baseChosen = false;  ///< by a person
    std::optional<MergeState> m_state{};
    QString m_trouble{};
    Latest m_opening{this}, m_guessing{this};
    ChangesModel* m_changes;
    ClashesModel* m_clashes;
    QLabel *m_theirsLabel, *m_baseLabel, *m_baseSays, *m_troubleSays, *m_stateSays, *m_changesHead,
        *m_clashesHead, *m_clashTitle, *m_clashSays;
    QComboBox *m_theirsList, *m_baseList;
    QPushButton *m_theirsFile, *m_baseFile, *m_allOurs, *m_allTheirs, *m_close, *m_merge;
    QListView *m_changesList, *m_clashesList;
    QWidget* m_clash = nullptr;
    QButtonGroup* m_sides;
    std::array<Choice, 3> m_choices{};
};

/// Opens the dialog over the page, with the version that is chosen there.
void openMerge(PipelineDocument& document, VersionsSide& versions,
               const std::function<void(const QString& words)>& tell);

}  // namespace rw::ui
