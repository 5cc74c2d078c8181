#include "widgets/versions/compare_page.h"

#include <QAction>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedLayout>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/base/figures.h"
#include "core/pipeline/checks/trust.h"
#include "core/pipeline/diff.h"
#include "core/pipeline/running_node.h"
#include "widgets/document/consent/document_trust.h"
#include "widgets/document/difference_text.h"
#include "widgets/document/number_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"
#include "widgets/versions/changes_side.h"
#include "widgets/versions/effect_view.h"
#include "widgets/versions/merge_dialog.h"
#include "widgets/versions/take_back.h"
#include "widgets/versions/versions_side.h"

namespace rw::ui {

namespace {

// Its keys are those of its entry in Pipeline, where people look for it.
constexpr PaneFacts kCompareFacts{
    .id = "compare_versions", .icon = "compare", .shortcut = "", .place = 6, .help = "compare_versions"};
constexpr int kSoonMillis = 60;
constexpr int kPictureShare = 3, kEffectShare = 2;

const QString kWorking = QStringLiteral("working"), kFile = QStringLiteral("file"),
              kRun = QStringLiteral("run");

struct Weighing {
    std::shared_ptr<const Pipeline> a{}, b{};
    ValidateOptions aOptions{}, bOptions{};
    TrustQuestion trust{};
    std::shared_ptr<const Catalogue> catalogue{};
};

/// An error where a subflow lies where nobody agreed to read.
Status mayReadSubflows(const Pipeline& pipeline, ValidateOptions options, const Trust& trust,
                       const Catalogue& catalogue) {
    options.files = true;
    FileReach reach = trust.reachFrom(options.folder);
    std::vector<Issue> issues;
    (void)expand(pipeline, catalogue, options, trust, reach, issues);
    const auto outside = std::find_if(issues.begin(), issues.end(), isNotLookedAt);
    return outside == issues.end() ? Status() : Status(ErrorCode::Denied, outside->message, outside->fix);
}

Result<Forecast> weighed(const Weighing& asked) {
    const Trust trust = asked.trust();
    RW_TRY(mayReadSubflows(*asked.a, asked.aOptions, trust, *asked.catalogue));
    RW_TRY(mayReadSubflows(*asked.b, asked.bOptions, trust, *asked.catalogue));
    return forecast({*asked.a, asked.aOptions}, {*asked.b, asked.bOptions}, *asked.catalogue, {});
}

}  // namespace

ComparePage::ComparePage(const PaneParts& parts, MakeDifferenceCanvas makeCanvas,
                         std::function<void(const QString& words)> tell)
    : Pane(kCompareFacts),
      m_document(parts.document),
      m_session(parts.session),
      m_tell(std::move(tell)),
      m_open(addEntry(MainMenu::Pipeline, "open", QKeySequence(QStringLiteral("Ctrl+Shift+D")),
                      [this] { Q_EMIT openRequested(); })),
      m_next(addEntry(MainMenu::Pipeline, "next", QKeySequence(QStringLiteral("F7")), [this] { step(1); })),
      m_previous(addEntry(MainMenu::Pipeline, "previous", QKeySequence(QStringLiteral("Shift+F7")),
                          [this] { step(-1); })),
      m_versions(new VersionsSide),
      m_changes(new ChangesSide),
      m_canvas(makeCanvas()),
      m_layout(new SegmentedControl),
      m_counts(new QLabel),
      m_effectButton(new QPushButton),
      m_nextButton(new QPushButton),
      m_effect(new EffectView),
      m_empty(new EmptyState),
      m_soon(new QTimer(this)) {
    onlyWhileOn(m_next);
    onlyWhileOn(m_previous);
    auto* pages = new QWidget;
    m_pages = new QStackedLayout(pages);
    m_pages->addWidget(m_canvas);
    m_pages->addWidget(m_empty);
    auto* split = new QSplitter(Qt::Vertical);
    split->setChildrenCollapsible(false);
    split->addWidget(pages);
    split->addWidget(m_effect);
    split->setStretchFactor(0, kPictureShare);
    split->setStretchFactor(1, kEffectShare);
    m_effect->hide();
    auto* middle = new QVBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(makeBar());
    middle->addWidget(split, 1);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_versions);
    row->addLayout(middle, 1);
    row->addWidget(m_changes);
    setFocusProxy(m_changes);
    m_soon->setSingleShot(true);
    m_soon->setInterval(kSoonMillis);
    connect(m_soon, &QTimer::timeout, this, &ComparePage::compare);
    connect(&m_document, &PipelineDocument::changed, this, &ComparePage::onDocument);
    connect(&m_document, &PipelineDocument::fileChanged, this, [this] {
        refreshEntry();
        if (isOn()) refresh();
    });
    connect(&m_session, &RunSession::runReplaced, this, [this] {
        if (isOn()) chooseSides();
    });
    connect(&m_session, &RunSession::stateChanged, this, [this] {
        if (!m_session.isActive()) refresh();  // it has left its last checkpoint
    });
    connect(&m_document, &PipelineDocument::validatedChanged, this, [this] {
        if (isOn() && checkpointPlaces().locations != m_locations) refresh();
    });
    connect(m_versions, &VersionsSide::chosen, this, &ComparePage::compare);
    connect(m_versions, &VersionsSide::fileRequested, this, &ComparePage::askForFile);
    connect(m_versions, &VersionsSide::mergeRequested, this,
            [this] { openMerge(m_document, *m_versions, m_tell); });
    connect(m_changes, &ChangesSide::currentChanged, m_canvas, &DifferenceCanvas::choose);
    connect(m_changes, &ChangesSide::takeBackRequested, this, &ComparePage::takeOneBack);
    connect(m_changes, &ChangesSide::takeAllBackRequested, this, &ComparePage::takeAllBack);
    connect(m_canvas, &DifferenceCanvas::chosen, m_changes, &ChangesSide::choose);
    connect(m_layout, &SegmentedControl::chosen, this, [this] { showPictures(true); });
    connect(m_effectButton, &QPushButton::toggled, this, [this](bool on) {
        m_effect->setVisible(on);
        on ? askForEffect() : m_effect->rest();
    });
    connect(m_nextButton, &QPushButton::clicked, this, [this] { step(1); });
    refreshEntry();
    retranslate();
}

QWidget* ComparePage::makeBar() {
    auto* bar = new QWidget;
    bar->setAttribute(Qt::WA_StyledBackground);
    bar->setProperty("surface", "panel2");
    bar->setProperty("edge", "bottom");
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(metrics::kListPadding, metrics::kBarPadding, metrics::kListPadding,
                            metrics::kBarPadding);
    row->setSpacing(metrics::kListPadding);
    m_counts->setObjectName(QStringLiteral("change_counts"));
    m_counts->setWordWrap(true);
    m_effectButton->setCheckable(true);
    m_effectButton->setProperty("controlSize", "small");
    m_nextButton->setObjectName(QStringLiteral("next_change"));
    m_nextButton->setProperty("controlSize", "small");
    m_nextButton->setProperty("keys", "F7");
    row->addWidget(m_layout);
    row->addWidget(m_counts, 1);
    row->addWidget(m_effectButton);
    row->addWidget(m_nextButton);
    return bar;
}

QString ComparePage::title() const {
    return tr("&Versions");
}

// Of the welcome page there is nothing to compare.
void ComparePage::refreshEntry() {
    m_open->setEnabled(!m_document.pipeline().nodes.empty() || !m_document.path().isEmpty());
}

void ComparePage::onDocument(const DocumentChange& change) {
    refreshEntry();
    if (change.kind == DocumentChange::Kind::Reset) {
        m_read = {};
        m_locations.clear();
        m_others.clear();
        m_reading.drop();
        m_opening.drop();
        m_weighing.drop();
        m_versions->choose({}, {});
        if (isOn()) refresh();
    } else if (isOn()) {
        compareSoon();
    }
}

void ComparePage::resizeEvent(QResizeEvent* event) {
    m_versions->fit();
    m_changes->fit();
    Pane::resizeEvent(event);
}

void ComparePage::onActivated() {
    refresh();
}

void ComparePage::onDeactivated() {
    m_soon->stop();
    m_weighing.drop();
    m_effect->rest();
}

void ComparePage::closed() {
    m_others.clear();
    m_versions->choose({}, {});
    m_effect->forget();
}

void ComparePage::refresh() {
    if (!isOn()) return;
    if (m_document.path().isEmpty()) {
        m_reading.drop();
        m_read = {};
        return chooseSides();
    }
    CheckpointPlaces places = checkpointPlaces();
    m_locations = places.locations;
    m_reading.ask(
        [file = m_document.path(), places = std::move(places)] { return readVersionsOf(file, places); },
        [this](ReadVersions read) {
            m_read = std::move(read);
            chooseSides();
        });
    if (m_read.entries.empty()) chooseSides();
}

/// Of a run that goes on its own: the document may have got another name since it began. One that is broken
/// just now keeps those that it had.
CheckpointPlaces ComparePage::checkpointPlaces() const {
    CheckpointPlaces places{m_locations, DocumentTrust::questionOf(m_document),
                            m_document.folder().toStdString()};
    const std::optional<RunCheckpoints>& run = m_session.runCheckpoints();
    if (run && m_session.isActive() && m_session.shownRun().has(RunAbility::Checkpoints)) {
        places.locations = {run->location};
    } else if (m_document.isValidated()) {
        const std::vector<RunningNode> nodes =
            runningNodes(m_document.pipeline(), m_document.validated(), m_document.catalogue());
        if (!nodes.empty()) places.locations = checkpointLocations(nodes, m_document.path().toStdString());
    }
    return places;
}

/// Puts the list together; A and B are the file and what is in the window, unless a person chose others.
void ComparePage::chooseSides() {
    std::vector<VersionEntry> all;
    VersionEntry working;
    working.key = kWorking;
    working.folder = m_document.folder();
    all.push_back(std::move(working));
    if (m_session.shownRun().has(RunAbility::Versions)) {
        VersionEntry run;
        run.kind = VersionEntry::Kind::Run;
        run.key = kRun;
        run.folder = m_document.folder();
        run.pipeline = std::make_shared<const Pipeline>(m_session.runningPipeline());
        all.push_back(std::move(run));
    }
    all.insert(all.end(), m_read.entries.begin(), m_read.entries.end());
    all.insert(all.end(), m_others.begin(), m_others.end());
    QString a = m_versions->a(), b = m_versions->b();
    m_versions->setEntries(std::move(all));
    m_versions->setTrouble(m_read.failure.ok() ? QString() : errorLines(m_read.failure.error()));
    const VersionsModel& model = m_versions->model();
    if (model.rowOf(b) < 0) b = kWorking;
    if (model.rowOf(a) < 0 || a == b) {
        // Of a pipeline that is saved as it is the version before says what the last save has changed.
        a.clear();
        for (const VersionEntry& entry : model.entries()) {
            const bool saved =
                entry.kind != VersionEntry::Kind::Other && entry.kind != VersionEntry::Kind::Checkpoint;
            if (entry.key == b || !entry.pipeline || !saved) continue;
            if (a.isEmpty() || (a == kFile && !m_document.isModified()) || a == kRun) a = entry.key;
        }
    }
    m_versions->choose(a, b);
    compare();
}

std::shared_ptr<const Pipeline> ComparePage::pipelineOf(const VersionEntry* entry) const {
    if (entry == nullptr) return nullptr;
    if (entry->kind == VersionEntry::Kind::Working)
        return std::make_shared<const Pipeline>(m_document.pipeline());
    return entry->pipeline;
}

bool ComparePage::isBusy() const {
    return m_soon->isActive() || m_reading.isWaiting() || m_weighing.isWaiting() || m_opening.isWaiting();
}

void ComparePage::compareSoon() {
    if (!m_soon->isActive()) m_soon->start();
}

void ComparePage::compare() {
    if (!isOn()) return;
    m_soon->stop();
    m_versions->setModified(m_document.isModified());
    const VersionsModel& model = m_versions->model();
    const bool anew = m_a == nullptr;
    m_a = pipelineOf(model.find(m_versions->a()));
    m_b = pipelineOf(model.find(m_versions->b()));
    m_forecast.reset();
    m_weighing.drop();
    m_difference = m_a && m_b ? compareVersions(*m_a, *m_b, m_document.catalogue()) : VersionDifference();
    if (m_versions->b() == kWorking) {
        for (DifferencePicture* picture : {&m_difference.both, &m_difference.after}) {
            for (DifferencePicture::Card& card : picture->cards) {
                if (card.mark != DifferencePicture::Mark::Removed)
                    card.summary = m_document.summary(card.node.id);
            }
        }
    }
    showDifference(anew);
    if (m_a && m_b) weigh();
    askForEffect();
}

/// What is not looked at is not computed.
void ComparePage::askForEffect() {
    if (!isOn() || !m_effectButton->isChecked()) return;
    if (!m_a || !m_b || runAlike(*m_a, *m_b)) return m_effect->compare(std::nullopt);
    EffectQuestion question{m_a,
                            m_b,
                            m_document.validateOptions(),
                            m_document.validateOptions(),
                            DocumentTrust::questionOf(m_document),
                            m_document.sharedCatalogue()};
    const VersionsModel& model = m_versions->model();
    question.aOptions.folder = model.find(m_versions->a())->folder.toStdString();
    question.bOptions.folder = model.find(m_versions->b())->folder.toStdString();
    question.tape = m_session.isActive() ? QString() : m_session.lastTape();
    if (question.tape.isEmpty()) question.kept = m_session.keptInput();
    m_effect->compare(std::move(question));
}

void ComparePage::weigh() {
    if (runAlike(*m_a, *m_b)) return;
    Weighing asked{m_a,
                   m_b,
                   m_document.validateOptions(),
                   m_document.validateOptions(),
                   DocumentTrust::questionOf(m_document),
                   m_document.sharedCatalogue()};
    asked.aOptions.files = asked.bOptions.files = false;
    const VersionsModel& model = m_versions->model();
    asked.aOptions.folder = model.find(m_versions->a())->folder.toStdString();
    asked.bOptions.folder = model.find(m_versions->b())->folder.toStdString();
    m_weighing.ask([asked = std::move(asked)] { return weighed(asked); },
                   [this](Result<Forecast> found) {
                       if (found.ok()) tellFates(m_difference, *found);
                       m_forecast = std::move(found);
                       m_changes->setForecast(m_forecast, *m_a, *m_b);
                       showPictures(false);
                       showCounts();
                   });
}

void ComparePage::showDifference(bool anew) {
    const VersionsModel& model = m_versions->model();
    const VersionEntry* const a = model.find(m_versions->a());
    const VersionEntry* const b = model.find(m_versions->b());
    const bool some = !m_difference.changes.empty();
    const QString sides = a != nullptr && b != nullptr ? tr("%1 → %2").arg(VersionsModel::titleOfEntry(*a),
                                                                           VersionsModel::titleOfEntry(*b))
                                                       : QString();
    m_changes->setChanges(m_difference.changes, sides, m_versions->b() == kWorking && m_a != nullptr);
    m_changes->setForecast(std::nullopt, m_document.pipeline(), m_document.pipeline());
    m_nextButton->setEnabled(some);
    m_layout->setEnabled(some);
    showCounts();
    if (some) {
        showPictures(anew);
        return turnTo(*m_pages, 0, m_changes);
    }
    if (m_a != nullptr && m_b != nullptr) {
        m_empty->set(QStringLiteral("compare"), tr("Nothing differs"),
                     tr("Both versions are the same. Choose another one at the left."));
    } else if (m_reading.isWaiting()) {
        m_empty->set(QStringLiteral("compare"), tr("Reading the versions…"), QString());
    } else {
        m_empty->set(
            QStringLiteral("compare"), tr("There is no version yet"),
            tr("Save the pipeline: each save leaves a version that it can be compared with. Or compare it "
               "with a file."));
    }
    turnTo(*m_pages, 1, m_versions);
}

void ComparePage::showPictures(bool anew) {
    if (m_difference.changes.empty()) return;
    const bool two = m_layout->currentIndex() == 1;
    m_canvas->setPictures(
        two ? std::vector{m_difference.before, m_difference.after} : std::vector{m_difference.both},
        m_document.catalogue(), anew);
    m_canvas->choose(m_changes->current());
}

void ComparePage::showCounts() {
    QStringList said;
    const auto add = [&said](int count, Text one, Text many) {
        if (count > 0)
            said << translated(
                figures::counted(static_cast<std::uint64_t>(count), std::move(one), std::move(many)));
    };
    const ChangeCounts& counts = m_difference.counts;
    add(counts.added, RW_TEXT("versions", "+ 1 added"), RW_TEXT("versions", "+ %1 added"));
    add(counts.removed, RW_TEXT("versions", "− 1 removed"), RW_TEXT("versions", "− %1 removed"));
    add(counts.changed, RW_TEXT("versions", "Δ 1 changed"), RW_TEXT("versions", "Δ %1 changed"));
    add(counts.moved, RW_TEXT("versions", "1 node moved only"), RW_TEXT("versions", "%1 nodes moved only"));
    if (m_forecast && m_forecast->ok()) {
        const FateCounts fates = countsOf(**m_forecast);
        add(fates.kept, RW_TEXT("versions", "1 state kept"), RW_TEXT("versions", "%1 states kept"));
        add(fates.carried, RW_TEXT("versions", "1 state carried over"),
            RW_TEXT("versions", "%1 states carried over"));
        add(fates.lost, RW_TEXT("versions", "1 state lost"), RW_TEXT("versions", "%1 states lost"));
        add(fates.impossible, RW_TEXT("versions", "1 node can't resume"),
            RW_TEXT("versions", "%1 nodes can't resume"));
    }
    m_counts->setText(said.join(QStringLiteral("   ")));
}

void ComparePage::step(int by) {
    const int count = static_cast<int>(m_difference.changes.size());
    if (count == 0) return;
    const int now = m_changes->current();
    m_changes->choose(now < 0 ? (by > 0 ? 0 : count - 1) : (now + by + count) % count);
}

void ComparePage::takeOneBack(int change) {
    if (m_versions->b() != kWorking || m_a == nullptr) return;
    if (change < 0 || change >= static_cast<int>(m_difference.changes.size())) return;
    const VersionChange taken = m_difference.changes[static_cast<std::size_t>(change)];
    const QString why = takeBack(m_document, *m_a, taken);
    if (m_tell) m_tell(why.isEmpty() ? tr("Taken back: %1").arg(taken.title) : why);
    compare();
}

void ComparePage::takeAllBack() {
    if (m_versions->b() != kWorking || m_a == nullptr) return;
    m_document.revertTo(*m_a, tr("Take all changes back"));
    compare();
}

void ComparePage::askForFile() {
    const QString file = QFileDialog::getOpenFileName(this, tr("Compare with a file"), m_document.folder(),
                                                      tr("Pipelines (*.rill);;All files (*)"));
    if (!file.isEmpty()) compareWith(file);
}

void ComparePage::compareWith(const QString& file) {
    m_opening.ask([file] { return readOtherFile(file); },
                  [this](VersionEntry entry) {
                      if (!entry.failure.ok()) {
                          if (m_tell) m_tell(errorLines(entry.failure.error()));
                          return;
                      }
                      const QString key = entry.key;
                      std::erase_if(m_others, [&key](const VersionEntry& other) { return other.key == key; });
                      m_others.push_back(std::move(entry));
                      m_versions->choose(key, kWorking);
                      if (isOn()) chooseSides();
                  });
}

void ComparePage::retranslate() {
    m_open->setText(tr("Com&pare versions"));
    m_next->setText(tr("Next chan&ge"));
    m_previous->setText(tr("Previou&s change"));
    m_effectButton->setText(tr("Effect on rows"));
    m_effectButton->setToolTip(wrappedLines(
        tr("Runs both versions over the same input, without writing anything, and compares their rows.")));
    m_effect->retranslate();
    m_nextButton->setText(tr("Next change"));
    m_layout->setSegments({tr("Overlay"), tr("Side by side")});
    if (isOn()) compare();
}

}  // namespace rw::ui
