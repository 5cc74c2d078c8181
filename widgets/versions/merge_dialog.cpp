#include "widgets/versions/merge_dialog.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QRadioButton>
#include <QScreen>
#include <QScrollArea>
#include <QShortcut>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/base/figures.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"
#include "widgets/versions/lines_delegate.h"
#include "widgets/versions/version_models.h"
#include "widgets/versions/versions_side.h"

namespace rw::ui {

namespace {

constexpr int kMergeWidth = 980, kMergeHeight = 640, kValueHeight = 132;

QLabel* mergeWords(const char* name, const char* role) {
    auto* label = new QLabel;
    label->setObjectName(QLatin1String(name));
    label->setProperty("role", role);
    label->setWordWrap(true);
    return label;
}

QListView* mergeList(const char* name, QAbstractItemModel* model) {
    auto* list = new QListView;
    list->setObjectName(QLatin1String(name));
    list->setModel(model);
    list->setItemDelegate(new LinesDelegate(list));
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    return list;
}

QPushButton* mergeButton(const char* name) {
    auto* button = new QPushButton;
    button->setObjectName(QLatin1String(name));
    button->setAutoDefault(false);
    return button;
}

void addVersion(QComboBox& list, const VersionEntry& entry) {
    list.addItem(VersionsModel::titleOfEntry(entry), entry.key);
    if (entry.pipeline) return;
    const int row = list.count() - 1;
    if (auto* model = qobject_cast<QStandardItemModel*>(list.model())) model->item(row)->setEnabled(false);
    if (!entry.failure.ok())
        list.setItemData(row, tipText(errorLines(entry.failure.error())), Qt::ToolTipRole);
}

}  // namespace

MergeDialog::MergeDialog(PipelineDocument& document, std::vector<VersionEntry> entries, const QString& theirs,
                         QWidget* parent)
    : QDialog(parent),
      m_document(document),
      m_entries(std::move(entries)),
      m_changes(new ChangesModel(this)),
      m_clashes(new ClashesModel(this)),
      m_theirsLabel(new QLabel),
      m_baseLabel(new QLabel),
      m_baseSays(mergeWords("base_says", "caption")),
      m_troubleSays(mergeWords("merge_trouble", "error")),
      m_stateSays(mergeWords("merge_state", "dim")),
      m_changesHead(mergeWords("changes_head", "strong")),
      m_clashesHead(mergeWords("clashes_head", "strong")),
      m_clashTitle(mergeWords("clash_title", "strong")),
      m_clashSays(mergeWords("clash_says", "caption")),
      m_theirsList(new QComboBox),
      m_baseList(new QComboBox),
      m_theirsFile(mergeButton("theirs_file")),
      m_baseFile(mergeButton("base_file")),
      m_allOurs(mergeButton("all_ours")),
      m_allTheirs(mergeButton("all_theirs")),
      m_close(mergeButton("close")),
      m_merge(mergeButton("merge")),
      m_changesList(mergeList("merged_changes", m_changes)),
      m_clashesList(mergeList("clashes", m_clashes)),
      m_sides(new QButtonGroup(this)) {
    build();
    refreshWords();
    connect(&m_document, &PipelineDocument::changed, this, [this] {
        if (!m_state) return;
        m_state->setOurs(std::make_shared<const Pipeline>(m_document.pipeline()));
        showState();
    });
    const VersionEntry* const first = find(theirs);
    if (first != nullptr && canBeMergedIn(*first)) chooseTheirs(theirs);
}

void MergeDialog::build() {
    m_theirsList->setObjectName(QStringLiteral("theirs_list"));
    m_baseList->setObjectName(QStringLiteral("base_list"));
    m_theirsLabel->setBuddy(m_theirsList);
    m_baseLabel->setBuddy(m_baseList);
    auto* sides = new QGridLayout;
    sides->setColumnStretch(1, 1);
    sides->addWidget(m_theirsLabel, 0, 0);
    sides->addWidget(m_theirsList, 0, 1);
    sides->addWidget(m_theirsFile, 0, 2);
    sides->addWidget(m_baseLabel, 1, 0);
    sides->addWidget(m_baseList, 1, 1);
    sides->addWidget(m_baseFile, 1, 2);
    sides->addWidget(m_baseSays, 2, 1, 1, 2);
    auto* lists = new QGridLayout;
    lists->setColumnStretch(0, 1);
    lists->setColumnStretch(1, 1);
    lists->setRowStretch(1, 1);
    lists->addWidget(m_changesHead, 0, 0);
    lists->addWidget(m_clashesHead, 0, 1);
    lists->addWidget(m_changesList, 1, 0);
    lists->addWidget(m_clashesList, 1, 1);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_allOurs);
    foot->addWidget(m_allTheirs);
    foot->addStretch();
    foot->addWidget(m_close);
    foot->addWidget(m_merge);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kDialogPadding, metrics::kDialogHeadroom, metrics::kDialogPadding,
                               metrics::kDialogHeadroom);
    column->setSpacing(metrics::kListPadding);
    column->addLayout(sides);
    column->addWidget(m_troubleSays);
    column->addLayout(lists, 1);
    column->addWidget(makeClash());
    column->addWidget(m_stateSays);
    column->addLayout(foot);
    m_merge->setProperty("role", "primary");
    resize(QSize(Theme::of(this).scaled(kMergeWidth), Theme::of(this).scaled(kMergeHeight))
               .boundedTo(screen()->availableSize()));
    // In the whole dialog: a list would look for an entry that begins so, and only a text field takes keys
    // first.
    for (std::size_t i = 0; i < m_choices.size(); ++i) {
        auto* key = new QShortcut(QKeySequence(Qt::Key_1 + static_cast<int>(i)), this);
        key->setAutoRepeat(false);  // a key that is held would decide clashes that nobody has seen
        connect(key, &QShortcut::activated, this, [this, i] {
            if (take(i)) goOn();
        });
    }
    connect(m_theirsList, &QComboBox::activated, this,
            [this](int row) { chooseTheirs(m_theirsList->itemData(row).toString()); });
    connect(m_baseList, &QComboBox::activated, this,
            [this](int row) { chooseBase(m_baseList->itemData(row).toString()); });
    connect(m_theirsFile, &QPushButton::clicked, this,
            [this] { askForFile(tr("Merge in a file"), &MergeDialog::mergeIn); });
    connect(m_baseFile, &QPushButton::clicked, this,
            [this] { askForFile(tr("Common base"), &MergeDialog::setBaseFile); });
    connect(m_clashesList->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &MergeDialog::showClash);
    connect(m_allOurs, &QPushButton::clicked, this, [this] { decideRest(MergeSide::Ours); });
    connect(m_allTheirs, &QPushButton::clicked, this, [this] { decideRest(MergeSide::Theirs); });
    connect(m_close, &QPushButton::clicked, this, &MergeDialog::reject);
    connect(m_merge, &QPushButton::clicked, this, &MergeDialog::act);
}

/// The three values beside each other, each behind its button.
QWidget* MergeDialog::makeClash() {
    m_clash = new QWidget;
    auto* column = new QVBoxLayout(m_clash);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kStep);
    column->addWidget(m_clashTitle);
    column->addWidget(m_clashSays);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::kListPadding);
    for (std::size_t i = 0; i < m_choices.size(); ++i) {
        Choice& choice = m_choices[i];
        choice.button = new QRadioButton;
        choice.button->setObjectName(QStringLiteral("take_%1").arg(i + 1));
        choice.value = new QLabel;
        choice.value->setObjectName(QStringLiteral("value_%1").arg(i + 1));
        choice.value->setProperty("mono", true);
        choice.value->setWordWrap(true);
        choice.value->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        choice.value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        auto* scroll = new QScrollArea;
        scroll->setWidget(choice.value);
        scroll->setWidgetResizable(true);
        scroll->setFixedHeight(Theme::of(this).scaled(kValueHeight));
        choice.room = scroll;
        choice.box = new QWidget;
        auto* box = new QVBoxLayout(choice.box);
        box->setContentsMargins(0, 0, 0, 0);
        box->addWidget(choice.button);
        box->addWidget(scroll);
        row->addWidget(choice.box, 1);
        m_sides->addButton(choice.button);
        // Arrow keys go from one to the next, so this must not go on to another clash.
        connect(choice.button, &QRadioButton::clicked, this, [this, i] { take(i); });
    }
    column->addLayout(row);
    return m_clash;
}

void MergeDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) refreshWords();
}

void MergeDialog::refreshWords() {
    setWindowTitle(tr("Merge"));
    m_theirsLabel->setText(tr("&Theirs, which is merged in:"));
    m_baseLabel->setText(tr("&Base, which both come from:"));
    m_theirsFile->setText(tr("Other file…"));
    m_baseFile->setText(tr("Other file…"));
    m_theirsFile->setAccessibleName(tr("Merge in a file"));
    m_baseFile->setAccessibleName(tr("Common base"));
    m_changesList->setAccessibleName(tr("Changes that merge by themselves"));
    m_clashesList->setAccessibleName(tr("Clashes"));
    m_clashesList->setToolTip(tr("1, 2 and 3 take a value and go on to the next clash."));
    m_allOurs->setText(tr("Ours for the rest"));
    m_allOurs->setToolTip(tr("Takes ours in each clash that is not decided yet"));
    m_allTheirs->setText(tr("Theirs for the rest"));
    m_allTheirs->setToolTip(tr("Takes theirs in each clash that is not decided yet"));
    m_close->setText(tr("Cancel"));
    m_merge->setText(tr("Merge"));
    m_merge->setToolTip(tr("Changes the pipeline in one step of undo; nothing is saved."));
    fillLists();
    showState();
}

const VersionEntry* MergeDialog::find(const QString& key) const {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&key](const VersionEntry& entry) { return entry.key == key; });
    return found == m_entries.end() ? nullptr : &*found;
}

void MergeDialog::fillLists() {
    const QSignalBlocker theirsSilent(m_theirsList), baseSilent(m_baseList);
    m_theirsList->clear();
    m_baseList->clear();
    for (const VersionEntry& entry : m_entries) {
        if (entry.kind == VersionEntry::Kind::Working) continue;
        if (canBeMergedIn(entry) || !entry.failure.ok()) addVersion(*m_theirsList, entry);
        addVersion(*m_baseList, entry);
    }
    m_theirsList->setCurrentIndex(m_theirsList->findData(m_theirs));
    m_baseList->setCurrentIndex(m_base.key.isEmpty() ? -1 : m_baseList->findData(m_base.key));
    m_theirsList->setPlaceholderText(tr("Choose a version"));
    m_baseList->setPlaceholderText(tr("Choose a version"));
}

void MergeDialog::askForFile(const QString& title, void (MergeDialog::*use)(const QString& file)) {
    const QString file = QFileDialog::getOpenFileName(this, title, m_document.folder(),
                                                      tr("Pipelines (*.rill);;All files (*)"));
    if (!file.isEmpty()) (this->*use)(file);
}

void MergeDialog::mergeIn(const QString& file) {
    readFile(file, &MergeDialog::chooseTheirs);
}

void MergeDialog::setBaseFile(const QString& file) {
    readFile(file, &MergeDialog::chooseBase);
}

// A file that can't be read changes nothing of what is chosen.
void MergeDialog::readFile(const QString& file, void (MergeDialog::*use)(const QString& key)) {
    m_opening.ask([file] { return readOtherFile(file); },
                  [this, use](VersionEntry entry) {
                      if (!entry.failure.ok()) {
                          m_trouble = errorLines(entry.failure.error());
                          return showState();
                      }
                      const QString key = entry.key;
                      std::erase_if(m_entries,
                                    [&key](const VersionEntry& other) { return other.key == key; });
                      m_entries.push_back(std::move(entry));
                      (this->*use)(key);
                  });
}

void MergeDialog::chooseTheirs(const QString& key) {
    const VersionEntry* const theirs = find(key);
    if (theirs == nullptr || !theirs->pipeline) return;
    m_theirs = key;
    m_trouble.clear();
    m_guessing.drop();
    if (!m_baseChosen) {
        m_base = {};
        m_guessing.ask([entries = m_entries, one = *theirs] { return guessedBase(entries, one); },
                       [this](MergeBase found) {
                           m_base = std::move(found);
                           fillLists();
                           mergeAnew();
                       });
    }
    fillLists();
    mergeAnew();
}

void MergeDialog::chooseBase(const QString& key) {
    const VersionEntry* const base = find(key);
    if (base == nullptr || !base->pipeline) return;
    m_guessing.drop();
    m_base = {MergeBase::Found::No, key};
    m_baseChosen = true;
    m_trouble.clear();
    fillLists();
    mergeAnew();
}

void MergeDialog::mergeAnew() {
    const VersionEntry *const theirs = find(m_theirs), *const base = find(m_base.key);
    m_state.reset();
    if (theirs != nullptr && base != nullptr && theirs->pipeline && base->pipeline) {
        m_state.emplace(base->pipeline, std::make_shared<const Pipeline>(m_document.pipeline()),
                        theirs->pipeline, m_document.sharedCatalogue());
    }
    showState();
}

QString MergeDialog::baseWords() const {
    if (m_guessing.isWaiting()) return tr("Looking for the base in the history…");
    switch (m_base.found) {
        case MergeBase::Found::Shared:
            return tr("The newest version that both histories have.");
        case MergeBase::Found::Before:
            return tr("The version before it: what that one has changed is merged in.");
        case MergeBase::Found::Nearest:
            return tr(
                "The version that differs least from theirs. If both come from another one, choose "
                "that.");
        case MergeBase::Found::No:
            break;
    }
    if (!m_base.key.isEmpty() || m_theirs.isEmpty()) return {};
    return tr(
        "The history has no such version. Choose the file or version that both were made from: it "
        "says who has changed what.");
}

QString MergeDialog::stateWords() const {
    if (!m_state) return {};
    if (m_state->undecided() > 0) return tr("Decide each clash, then merge.");
    if (m_state->changesOurs()) return tr("Problems shows what does not work together after the merge.");
    return tr("There is nothing to merge: ours has all of it.");
}

void MergeDialog::showState() {
    const std::size_t changes = m_state ? m_state->byItself().size() : 0;
    const std::size_t clashes = m_state ? m_state->clashes().size() : 0;
    const std::size_t open = m_state ? m_state->undecided() : 0;
    m_changes->set(m_state ? m_state->byItself() : std::vector<VersionChange>(), false);
    const int current = currentClash();
    m_clashes->set(m_state ? &*m_state : nullptr);
    m_changesHead->setText(
        translated(figures::counted(changes, RW_TEXT("versions", "1 change merges by itself"),
                                    RW_TEXT("versions", "%1 changes merge by themselves"))));
    m_clashesHead->setText(open == 0 ? translated(figures::counted(clashes, RW_TEXT("versions", "1 clash"),
                                                                   RW_TEXT("versions", "%1 clashes")))
                                     : tr("Clashes: %1 of %2 decided").arg(clashes - open).arg(clashes));
    m_baseSays->setText(baseWords());
    m_baseSays->setVisible(!m_baseSays->text().isEmpty());
    m_troubleSays->setText(m_trouble);
    m_troubleSays->setVisible(!m_trouble.isEmpty());
    m_stateSays->setText(stateWords());
    m_allOurs->setEnabled(open > 0);
    m_allTheirs->setEnabled(open > 0);
    m_merge->setEnabled(m_state && open == 0 && m_state->changesOurs());
    if (clashes > 0 && currentClash() < 0) {
        const int row = std::clamp(current, 0, static_cast<int>(clashes) - 1);
        m_clashesList->setCurrentIndex(m_clashes->index(row, 0));
    }
    showClash();
}

int MergeDialog::currentClash() const {
    return m_clashesList->currentIndex().row();
}

void MergeDialog::showClash() {
    const int row = currentClash();
    const bool some = m_state && row >= 0 && row < static_cast<int>(m_state->clashes().size());
    m_clash->setVisible(some);
    if (!some) return;
    const MergeClash& clash = m_state->clashes()[static_cast<std::size_t>(row)];
    m_clashTitle->setText(clashTitle(clash, *m_state));
    m_clashSays->setText(clash.follows ? tr("It is decided together with the clash before it.")
                                       : translated(clashText(clash)));
    const std::vector<MergeSide>& sides = sidesOf(clash.kind);
    for (std::size_t i = 0; i < m_choices.size(); ++i) {
        const Choice& choice = m_choices[i];
        choice.box->setVisible(i < sides.size());
        if (i >= sides.size()) continue;
        const QString name = mergeSideName(sides[i]), value = clashValue(clash, sides[i], *m_state);
        choice.button->setText(tr("&%1 %2").arg(i + 1).arg(name));
        choice.button->setAccessibleDescription(value);
        choice.value->setText(value);
        choice.room->setAccessibleName(name);
        choice.room->setAccessibleDescription(value);
    }
    m_sides->setExclusive(false);  // else none of them could be off while nothing is decided
    for (std::size_t i = 0; i < sides.size(); ++i)
        m_choices[i].button->setChecked(clash.chosen && clash.taken == sides[i]);
    m_sides->setExclusive(true);
}

bool MergeDialog::take(std::size_t number) {
    const int row = currentClash();
    if (!m_state || row < 0 || row >= static_cast<int>(m_state->clashes().size())) return false;
    const auto clash = static_cast<std::size_t>(row);
    const std::vector<MergeSide>& sides = sidesOf(m_state->clashes()[clash].kind);
    if (number >= sides.size()) return false;
    m_state->choose(clash, sides[number]);
    showState();
    return true;
}

void MergeDialog::goOn() {
    const int row = currentClash();
    if (!m_state || row < 0) return;
    if (const auto next = m_state->nextUndecided(static_cast<std::size_t>(row)))
        m_clashesList->setCurrentIndex(m_clashes->index(static_cast<int>(*next), 0));
}

void MergeDialog::decideRest(MergeSide side) {
    if (!m_state) return;
    m_state->chooseRest(side);
    showState();
}

void MergeDialog::act() {
    const VersionEntry* const theirs = find(m_theirs);
    if (!m_state || theirs == nullptr || m_state->undecided() > 0) return;
    const QString title = VersionsModel::titleOfEntry(*theirs);
    const Pipeline next = m_state->merged();
    m_state.reset();  // the document will be what it was asked for
    m_document.change(next, tr("Merge %1").arg(title));
    Q_EMIT merged(tr("Merged: %1. Undo takes it back.").arg(title));
    accept();
}

void openMerge(PipelineDocument& document, VersionsSide& versions,
               const std::function<void(const QString& words)>& tell) {
    auto* dialog = new MergeDialog(document, versions.model().entries(), versions.a(), versions.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    // A tab can go while its dialog is open, as at the end of the program.
    QObject::connect(&document, &QObject::destroyed, dialog, &QObject::deleteLater);
    QObject::connect(dialog, &MergeDialog::merged, &versions, [tell](const QString& words) {
        if (tell) tell(words);
    });
    dialog->open();
}

}  // namespace rw::ui
