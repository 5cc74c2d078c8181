#include "widgets/publish/publish_dialog.h"

#include <QAccessible>
#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QShortcut>
#include <QTableWidget>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "widgets/document/export_target.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/document/whole_file.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr int kWidth = 760, kRowsShown = 5, kColumnWidth = 260;

QString shownName(const std::string& text) {
    return shownText(QString::fromStdString(text));
}

QTableWidgetItem* readOnlyCell(const QString& text) {
    auto* item = new QTableWidgetItem(text);
    item->setToolTip(wrappedLines(text));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    return item;
}

/// A table with three columns, of which the last takes the rest.
QTableWidget* threeColumns(QWidget* parent, const char* name) {
    auto* table = new QTableWidget(0, 3, parent);
    table->setObjectName(QLatin1String(name));
    table->setHorizontalHeaderLabels({QString(), QString(), QString()});
    applyTableStyle(*table);
    table->setMinimumHeight(table->horizontalHeader()->sizeHint().height() +
                            table->verticalHeader()->defaultSectionSize() * kRowsShown + 2);
    return table;
}

QLabel* labelOf(QWidget* parent, const char* role) {
    auto* made = new QLabel(parent);
    made->setWordWrap(true);
    made->setProperty("role", role);
    return made;
}

/// Lines of its cells are broken, and its rows are as high as that takes.
void breakLines(QTableWidget& table) {
    table.setWordWrap(true);
    QHeaderView& rows = *table.verticalHeader();
    rows.setMinimumSectionSize(rows.defaultSectionSize());
    QObject::connect(table.horizontalHeader(), &QHeaderView::sectionResized, &table,
                     &QTableView::resizeRowsToContents);
    QObject::connect(&Theme::of(&table), &Theme::changed, &table, &QTableView::resizeRowsToContents);
}

/// The remarks on a chart, and what would mend it. Chinese sets no space between sentences.
QString remarksOn(const SupersetChart& chart) {
    QString words;
    const auto add = [&words](const Text& sentence) {
        if (!words.isEmpty() && !words.endsWith(QChar(0x3002))) words += QLatin1Char(' ');
        words += translated(sentence);
    };
    for (const Text& remark : chart.remarks) add(remark);
    if (!chart.mend.empty()) add(chart.mend);
    return shownText(words, kTipLength);
}

}  // namespace

PublishDialog::PublishDialog(PipelineDocument& document, QWidget* parent)
    : QDialog(parent),
      m_document(document),
      m_connections(document.runConnections()),
      m_head(labelOf(this, "title")),
      m_chartsHead(labelOf(this, "dim")),
      m_supersetLabel(new QLabel(this)),
      m_objectsHead(labelOf(this, "dim")),
      m_state(labelOf(this, "caption")),
      m_charts(threeColumns(this, "charts")),
      m_objects(threeColumns(this, "objects")),
      m_notes(new HintBox(this)),
      m_answer(new HintBox(this)),
      m_superset(new QComboBox(this)),
      m_progress(new QProgressBar(this)),
      m_export(new QPushButton(this)),
      m_look(new QPushButton(this)),
      m_publish(new QPushButton(this)),
      m_close(new QPushButton(this)),
      m_help(new IconButton(QStringLiteral("help"), {}, this)) {
    BundleOptions options;
    options.name = publishedName(document.pipeline(), document.path().toStdString());
    if (options.name.empty()) options.name = document.displayName().toStdString();
    options.connections = m_connections;
    options.now = systemClock()->now();
    m_bundle = supersetBundle(document.pipeline(), document.catalogue(), document.validated(), options);
    build();
    fillConnections();
    refreshWords();
}

void PublishDialog::build() {
    m_superset->setObjectName(QStringLiteral("superset"));
    m_answer->setObjectName(QStringLiteral("answer"));
    m_notes->setObjectName(QStringLiteral("notes"));
    m_export->setObjectName(QStringLiteral("export"));
    m_look->setObjectName(QStringLiteral("look"));
    m_publish->setObjectName(QStringLiteral("publish"));
    m_close->setObjectName(QStringLiteral("close"));
    m_help->setObjectName(QStringLiteral("help"));
    m_supersetLabel->setBuddy(m_superset);  // its name for who can't see it
    breakLines(*m_charts);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kDialogPadding, metrics::kDialogHeadroom, metrics::kDialogPadding,
                               metrics::kDialogHeadroom);
    column->setSpacing(metrics::kListPadding);
    column->addWidget(m_head);
    column->addWidget(m_chartsHead);
    column->addWidget(m_charts, 1);
    column->addWidget(m_notes);
    auto* where = new QHBoxLayout;
    where->setSpacing(metrics::kGrid);
    where->addWidget(m_supersetLabel);
    where->addWidget(m_superset, 1);
    where->addWidget(m_look);
    column->addLayout(where);
    column->addWidget(m_objectsHead);
    column->addWidget(m_objects, 1);
    column->addWidget(m_progress);
    column->addWidget(m_state);
    column->addWidget(m_answer);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_help);
    foot->addWidget(m_export);
    foot->addStretch();
    foot->addWidget(m_close);
    foot->addWidget(m_publish);
    column->addLayout(foot);
    setMinimumWidth(Theme::of(this).scaled(kWidth));
    for (QPushButton* button : {m_export, m_look, m_publish, m_close}) button->setAutoDefault(false);
    connect(m_export, &QPushButton::clicked, this, &PublishDialog::exportBundle);
    connect(m_look, &QPushButton::clicked, this, &PublishDialog::look);
    connect(m_publish, &QPushButton::clicked, this, &PublishDialog::publish);
    connect(m_close, &QPushButton::clicked, this, &PublishDialog::reject);
    connect(m_help, &QToolButton::clicked, this, &PublishDialog::helpRequested);
    // The window's own does not reach a dialog.
    connect(new QShortcut(QKeySequence(Qt::Key_F1), this), &QShortcut::activated, this,
            &PublishDialog::helpRequested);
    connect(m_answer, &HintBox::actionTriggered, this, &PublishDialog::act);
    connect(m_superset, &QComboBox::currentIndexChanged, this, [this] {
        forgetAnswers();
        refresh();
    });
}

void PublishDialog::fillConnections() {
    if (!m_connections) return;
    const KnownConnections known = m_connections->known();
    for (const KnownConnection& each : known->connections) {
        if (each.kind == "superset")
            m_superset->addItem(shownName(each.name), QString::fromStdString(each.name));
    }
    m_failed = known->trouble;
}

void PublishDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) refreshWords();
}

void PublishDialog::refreshWords() {
    setWindowTitle(tr("Publish to Superset"));
    m_head->setText(tr("“%1” as a dashboard of Superset").arg(shownName(m_bundle.name)));
    m_chartsHead->setText(
        tr("Superset reads the tables that the pipeline writes, not oftener than every 10 seconds; it draws "
           "no watermark "
           "and marks nothing as provisional."));
    m_supersetLabel->setText(tr("Superset"));
    m_help->setLabel(tr("Help on publishing (F1)"));
    m_export->setText(tr("Export bundle…"));
    m_look->setText(tr("Look at what is there"));
    m_look->setToolTip(tr("Signs in and lists what would be replaced. Nothing is changed there."));
    m_charts->setHorizontalHeaderLabels({tr("Chart"), tr("In Superset"), tr("Differences")});
    m_charts->setAccessibleName(tr("Charts of the pipeline"));
    m_objects->setHorizontalHeaderLabels({tr("Kind"), tr("Effect"), tr("Name")});
    m_objects->setAccessibleName(tr("What is made or replaced in Superset"));
    QStringList notes;
    for (const Text& warning : m_bundle.warnings) notes << translated(warning);
    m_notes->set(HintBox::Kind::Info, tr("So that Superset can read the tables"),
                 notes.join(QLatin1Char('\n')));
    m_notes->setVisible(!notes.isEmpty());
    refreshCharts();
    refresh();
}

void PublishDialog::refreshCharts() {
    m_charts->setRowCount(static_cast<int>(m_bundle.charts.size()));
    for (std::size_t i = 0; i < m_bundle.charts.size(); ++i) {
        const SupersetChart& chart = m_bundle.charts[i];
        const auto row = static_cast<int>(i);
        QTableWidgetItem* likeness = readOnlyCell(translated(likenessText(chart.likeness)));
        if (chart.likeness == Likeness::None)
            likeness->setIcon(Theme::of(this).icon(u"blocked", ColorRole::Error));
        if (chart.likeness == Likeness::Approximate)
            likeness->setIcon(Theme::of(this).icon(u"approximated", ColorRole::Warn));
        m_charts->setItem(row, 0, readOnlyCell(shownName(chart.title)));
        m_charts->setItem(row, 1, likeness);
        m_charts->setItem(row, 2, readOnlyCell(remarksOn(chart)));
    }
    fitColumns(*m_charts, Theme::of(this).scaled(kColumnWidth));
    m_charts->resizeRowsToContents();
}

void PublishDialog::refreshObjects() {
    m_objects->setVisible(m_found.has_value());
    m_objectsHead->setVisible(m_found.has_value());
    m_objects->setRowCount(0);
    if (!m_found) return;
    const auto add = [this](const SupersetObject& object, bool replaced) {
        const int row = m_objects->rowCount();
        m_objects->insertRow(row);
        QTableWidgetItem* state = readOnlyCell(replaced ? tr("is replaced") : tr("is new"));
        if (replaced) state->setIcon(Theme::of(this).icon(u"warning", ColorRole::Warn));
        m_objects->setItem(row, 0, readOnlyCell(translated(supersetKindText(object.kind))));
        m_objects->setItem(row, 1, state);
        m_objects->setItem(row, 2, readOnlyCell(shownName(object.name)));
    };
    for (const SupersetObject& object : m_found->replaced) add(object, true);
    for (const SupersetObject& object : m_found->added) add(object, false);
    fitColumns(*m_objects, Theme::of(this).scaled(kColumnWidth));
    QStringList words;
    words << (m_found->replaced.empty()
                  ? tr("Nothing is replaced there.")
                  : tr("What is replaced loses the changes that were made to it in Superset."));
    for (const std::string& name : m_found->passwords)
        words
            << tr("The password of the connection “%1” is given to Superset, which reads the tables with it.")
                   .arg(shownName(name));
    m_objectsHead->setText(words.join(QLatin1Char('\n')));
}

void PublishDialog::refresh() {
    const bool any = !m_bundle.isEmpty();
    const bool there = m_superset->count() > 0;
    m_superset->setEnabled(there && !isBusy());
    m_look->setEnabled(any && there && !isBusy());
    m_export->setEnabled(any && !isBusy());
    m_publish->setEnabled(m_found.has_value() && !m_published && !isBusy());
    const bool replaces = m_found && !m_found->replaced.empty();
    m_publish->setText(replaces ? tr("Publish and replace") : tr("Publish"));
    const QString role = replaces ? QStringLiteral("danger") : QStringLiteral("primary");
    if (m_publish->property("role").toString() != role) {
        m_publish->setProperty("role", role);
        Theme::repolish(m_publish);
    }
    m_close->setText(isBusy() ? tr("Cancel") : tr("Close"));
    m_progress->setVisible(isBusy());
    m_state->setText(isBusy() && !m_step.empty() ? translated(m_step) : QString());
    m_state->setVisible(!m_state->text().isEmpty());
    refreshObjects();
    refreshAnswer();
}

// The newest of what there is to say.
void PublishDialog::refreshAnswer() {
    m_answer->setVisible(true);
    if (m_published) {
        QStringList words;
        for (const Text& warning : m_published->warnings) words << translated(warning);
        const HintBox::Kind kind = words.isEmpty() ? HintBox::Kind::Info : HintBox::Kind::Warn;
        words << shownName(m_published->link);
        m_answer->set(kind, tr("The dashboard is published"), words.join(QLatin1Char('\n')),
                      {tr("Open the dashboard")});
    } else if (!m_failed.ok()) {
        m_answer->set(HintBox::Kind::Error, translated(m_failed.error().message),
                      translated(m_failed.error().fix));
    } else if (m_wasCancelled) {
        m_answer->set(HintBox::Kind::Warn, tr("The publication was cancelled"),
                      tr("Superset may have taken the bundle before. Look at what is there."));
    } else if (!m_exported.isEmpty()) {
        m_answer->set(HintBox::Kind::Info, tr("The bundle was exported"), m_exported);
    } else if (m_bundle.isEmpty()) {
        const Status nothing = nothingToPublish(m_bundle);
        m_answer->set(HintBox::Kind::Error, translated(nothing.error().message),
                      translated(nothing.error().fix));
    } else if (m_superset->count() == 0) {
        m_answer->set(HintBox::Kind::Info, tr("No connection leads to a Superset yet"),
                      tr("Add one, or export the bundle, which Superset can import by hand."),
                      {tr("Add a connection…")});
    } else {
        m_answer->setVisible(false);
    }
}

PublishRequest PublishDialog::request() const {
    PublishRequest made;
    made.connections = m_connections;
    made.connection = m_superset->currentData().toString().toStdString();
    return made;
}

template <class Work, class Take>
void PublishDialog::start(Work work, Take take) {
    m_failed = {};
    m_wasCancelled = false;
    m_exported.clear();
    m_step = {};
    auto run = [this, work, bundle = m_bundle, asked = request()](const Latest::Question& question) mutable {
        asked.cancelled = question.flag();
        asked.tell = [this, &question](const Text& step) {
            question.tell([this, step] {
                m_step = step;
                m_state->setText(translated(step));
                m_state->setVisible(true);
            });
        };
        return work(bundle, asked);
    };
    m_work.ask(m_worker, std::move(run), [this, take](const auto& result) {
        m_step = {};
        take(result);
        refresh();
        QAccessibleEvent heard(m_answer, QAccessible::Alert);
        QAccessible::updateAccessibility(&heard);
    });
    refresh();
}

void PublishDialog::look() {
    if (isBusy() || m_bundle.isEmpty() || !m_connections) return;
    forgetAnswers();
    start([](const SupersetBundle& bundle,
             const PublishRequest& asked) { return lookAtSuperset(bundle, asked); },
          [this](const Result<SupersetFindings>& found) {
              if (found.ok()) {
                  m_found = *found;
              } else {
                  m_failed = found.status();
              }
          });
}

void PublishDialog::publish() {
    if (isBusy() || !m_found) return;
    std::vector<std::string> agreed;
    for (const SupersetObject& object : m_found->replaced) agreed.push_back(object.uuid);
    start(
        [agreed](const SupersetBundle& bundle, PublishRequest asked) {
            asked.agreed = agreed;
            return publishToSuperset(bundle, asked);
        },
        [this](const Result<Published>& done) {
            if (done.ok()) {
                m_published = *done;
            } else {
                m_failed = done.status();
                m_found.reset();  // it may be otherwise now
            }
        });
}

/// What is blocked, by a keyring that waits for its user, does not block what comes next.
void PublishDialog::cancel() {
    if (!isBusy()) return;
    m_work.drop();
    m_worker.abandon();
    m_step = {};
    m_wasCancelled = m_found.has_value();
    m_found.reset();
}

void PublishDialog::forgetAnswers() {
    m_found.reset();
    m_published.reset();
    m_failed = {};
    m_wasCancelled = false;
    m_exported.clear();
}

/// Escape and the button at the right: first what is under way, then the dialog.
void PublishDialog::reject() {
    if (!isBusy()) return QDialog::reject();
    cancel();
    refresh();
}

void PublishDialog::exportBundle() {
    const QString name = QFileInfo(m_document.displayName()).completeBaseName();
    const ExportTarget target(m_document, tr("The bundle of %1").arg(name));
    const QString path =
        target.prompt(this, tr("Export the bundle"),
                      target.proposal(m_document.folder(), name, QStringLiteral(".superset.zip")),
                      tr("Bundles for Superset (*.zip)"));
    if (path.isEmpty()) return;
    // Its result is kept apart, so that it may come to its end when it is not waited for any more.
    const auto status = std::make_shared<Status>();
    const bool done = m_document.doFileWork(tr("Exporting to “%1”").arg(QFileInfo(path).fileName()),
                                            [status, target, path, bytes = m_bundle.zip()] {
                                                *status = target.check(path);
                                                if (status->ok()) *status = writeWhole(path, bytes);
                                            });
    if (!done) return;
    m_failed = *status;
    m_exported = status->ok() ? shownText(QDir::toNativeSeparators(path), kTipLength) : QString();
    refresh();
}

void PublishDialog::act(int link) {
    if (link != 0) return;
    if (m_published) {
        const QUrl url(QString::fromStdString(m_published->link));
        if (url.scheme().startsWith(QLatin1String("http"))) QDesktopServices::openUrl(url);
        return;
    }
    if (m_superset->count() > 0 || m_bundle.isEmpty()) return;
    // Behind this dialog the page could not be used.
    QDialog::reject();
    Q_EMIT m_document.connectionRequested(QStringLiteral("superset"), {QStringLiteral("superset")});
}

}  // namespace rw::ui
