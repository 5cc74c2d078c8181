#include "core/connect/alerts/alert_outbox.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "core/connect/alerts/alert_ledger.h"
#include "core/connect/alerts/alert_mail.h"
#include "core/connect/web/http_place.h"
#include "core/net/http_error.h"

namespace rw {

namespace {

using DeliveryState = AlertDelivery::State;

constexpr Millis kOutboxTick = 1'000;  // silences that end, buttons that are pressed
constexpr Millis kCancelGrace = 400;   // for a call that is cancelled
constexpr Millis kAnswerWithin = 10'000;
constexpr Millis kSilenceByButton = 3'600'000;
constexpr std::size_t kLargestHookReply = std::size_t{64} << 10;
constexpr std::size_t kMailLetters = 50;   // in one mail
constexpr std::size_t kDesktopTitles = 5;  // in one notification
constexpr std::size_t kButtons = 100;      // alerts that buttons may still be about

/// What came of telling.
struct Told {
    std::string answer{};
    std::size_t letters = 1;  ///< from the front of the queue
};

bool mayPassLater(const Status& status) {
    return status.error().code == ErrorCode::Io;
}

/// The next letter would fail alike right now: nobody lets this user in, or unlocks the keyring. Each would
/// ask that person again, and a server may shut out whoever tries so often.
bool holdsOthersUp(const Status& status) {
    return mayPassLater(status) || status.error().code == ErrorCode::Denied;
}

}  // namespace

class AlertOutbox::Worker : public std::enable_shared_from_this<Worker> {
 public:
    Worker(AlertOutboxOptions options, std::weak_ptr<AlertBoard> board)
        : m_options(std::move(options)), m_board(std::move(board)), m_ledger(m_options.ledger) {
        if (!m_options.say) m_options.say = [](const Text& text) { return english(text); };
    }

    void carry(AlertLetter letter) {
        const std::lock_guard hold(m_mutex);
        if (m_over) return;
        m_queues[word(letter.target)].letters.push_back(std::move(letter));
        if (!m_running) {
            m_running = true;
            std::thread([self = shared_from_this()] { self->work(); }).detach();
        }
        m_news.notify_all();
    }

    void finish(Millis within) {
        std::unique_lock hold(m_mutex);
        if (m_over) return;
        m_over = true;
        m_until = m_clock->steadyMillis() + within;
        m_news.notify_all();
        // A keyring that waits for its user keeps the thread, which then is left to itself.
        m_ended.wait_for(hold, std::chrono::milliseconds(within + kCancelGrace),
                         [this] { return !m_running; });
    }

 private:
    struct Queue {
        std::deque<AlertLetter> letters{};
        int tries = 0;          ///< of the first
        Millis pause = 0;       ///< before the next one
        std::int64_t next = 0;  ///< steady milliseconds before which nothing is tried
    };

    static std::string word(const AlertTarget& target) {
        return std::to_string(static_cast<int>(target.kind)) + target.connection;
    }

    void work() {
        std::unique_lock hold(m_mutex);
        while (!isDone()) {
            const std::int64_t now = m_clock->steadyMillis();
            std::int64_t next = now + kOutboxTick;
            Queue* const due = dueQueue(now, next);
            if (due == nullptr) {
                m_news.wait_for(hold, std::chrono::milliseconds(std::max<std::int64_t>(next - now, 1)));
                hold.unlock();
                tick();
                hold.lock();
                continue;
            }
            deliver(*due, hold);
        }
        m_running = false;
        m_desktop.reset();
        m_ended.notify_all();
    }

    /// With the lock. Nothing is left that could be told in time.
    bool isDone() const {
        if (!m_over) return false;
        const std::int64_t now = m_clock->steadyMillis();
        if (now >= m_until) return true;
        return std::none_of(m_queues.begin(), m_queues.end(), [&](const auto& each) {
            return !each.second.letters.empty() && nextOf(each.second) < m_until;
        });
    }
    /// At the end the desktop need not wait for its minute.
    std::int64_t nextOf(const Queue& queue) const {
        const bool desktop =
            !queue.letters.empty() && queue.letters.front().target.kind == AlertTarget::Kind::Desktop;
        return m_over && desktop ? 0 : queue.next;
    }
    /// With the lock: the queue that has waited longest. `next`: not later than when one is due.
    Queue* dueQueue(std::int64_t now, std::int64_t& next) {
        Queue* due = nullptr;
        for (auto& [target, queue] : m_queues) {
            if (queue.letters.empty()) continue;
            const std::int64_t at = nextOf(queue);
            if (at > now) {
                next = std::min(next, at);
            } else if (due == nullptr || at < nextOf(*due)) {
                due = &queue;
            }
        }
        return due;
    }

    bool isCancelled() {
        const std::lock_guard hold(m_mutex);
        return m_over && m_clock->steadyMillis() >= m_until;
    }

    /// Silences that are over, and buttons; without the lock.
    void tick() {
        const std::shared_ptr<AlertBoard> board = m_board.lock();
        if (!board) return;
        board->tick();
        if (!m_desktop) return;
        for (const DesktopNotifier::Pressed& pressed : m_desktop->takePressed()) {
            for (const Alert& alert : m_shown) {
                if (alert.id() != pressed.id) continue;
                if (pressed.silence) {
                    board->silence(alert.node, alert.key, m_clock->now() + kSilenceByButton);
                } else {
                    board->ask(pressed.id);
                }
                break;
            }
        }
    }

    /// With the lock, which is let go while others are told.
    void deliver(Queue& queue, std::unique_lock<std::mutex>& hold) {
        std::vector<AlertLetter> letters = frontOf(queue);
        hold.unlock();
        if (m_ledger.has(letters.front().id())) {
            AlertDelivery before;
            before.state = DeliveryState::Done;
            report(letters.front(), before);
            hold.lock();
            drop(queue, 1);
            return;
        }
        // Those behind one that was delivered before come in the next turn.
        letters.erase(std::find_if(letters.begin(), letters.end(),
                                   [this](const AlertLetter& letter) { return m_ledger.has(letter.id()); }),
                      letters.end());
        const std::int64_t began = m_clock->steadyMillis();
        const Result<Told> told = tell(letters);
        const Millis took = m_clock->steadyMillis() - began;
        if (told.ok()) {
            letters.resize(std::min(told->letters, letters.size()));
            std::vector<std::string> ids;
            for (const AlertLetter& letter : letters) ids.push_back(letter.id());
            m_ledger.add(ids);
        } else if (told.error().code == ErrorCode::Cancelled) {
            hold.lock();
            return;
        }
        hold.lock();
        const int tries = ++queue.tries;
        AlertDelivery news;
        news.tries = tries;
        news.most = m_options.tries;
        if (told.ok()) {
            news.state = DeliveryState::Done;
            news.took = took;
            news.answer = told->answer;
            news.more = letters.size() - 1;
            queue.pause = 0;
            queue.next = letters.front().target.kind == AlertTarget::Kind::Desktop
                             ? m_clock->steadyMillis() + m_options.desktopEvery
                             : 0;
        } else {
            news.trouble = told.error().message;
            news.answer = m_status > 0 ? std::to_string(m_status) : std::string();
            const bool again = mayPassLater(told.status()) && tries < m_options.tries;
            news.state = again ? DeliveryState::Retrying : failed(told.status(), letters.front());
            if (!again) letters.resize(1);
            queue.pause = std::clamp(queue.pause * 2, m_options.firstPause, m_options.longestPause);
            const Millis pause = std::max(queue.pause, m_notBefore);
            // A mail server that refuses one mail mostly refuses all, and counts those who go on.
            const bool waits =
                holdsOthersUp(told.status()) || letters.front().target.kind == AlertTarget::Kind::Mail;
            queue.next = m_clock->steadyMillis() + (waits ? pause : 0);
            if (again) news.nextTry = m_clock->now() + pause;
        }
        if (news.state != DeliveryState::Retrying) drop(queue, letters.size());
        hold.unlock();
        for (const AlertLetter& letter : letters) report(letter, news);
        hold.lock();
    }

    static void drop(Queue& queue, std::size_t letters) {
        queue.letters.erase(queue.letters.begin(),
                            queue.letters.begin() + static_cast<std::ptrdiff_t>(letters));
        queue.tries = 0;
    }

    /// Of what can't be told for there is nobody.
    DeliveryState failed(const Status& status, const AlertLetter& letter) const {
        const bool nobody =
            status.error().code == ErrorCode::NotFound || status.error().code == ErrorCode::Invalid;
        const bool desktop = letter.target.kind == AlertTarget::Kind::Desktop;
        return nobody && (desktop || m_status == 0) ? DeliveryState::Impossible : DeliveryState::Failed;
    }

    /// Those that are told together.
    std::vector<AlertLetter> frontOf(const Queue& queue) const {
        const AlertTarget::Kind kind = queue.letters.front().target.kind;
        const std::size_t most = kind == AlertTarget::Kind::Mail      ? kMailLetters
                                 : kind == AlertTarget::Kind::Desktop ? queue.letters.size()
                                                                      : 1;
        const std::size_t count = std::min(most, queue.letters.size());
        return {queue.letters.begin(), queue.letters.begin() + static_cast<std::ptrdiff_t>(count)};
    }

    void report(const AlertLetter& letter, const AlertDelivery& news) {
        if (const std::shared_ptr<AlertBoard> board = m_board.lock()) board->delivered(letter, news);
    }

    Result<Told> tell(const std::vector<AlertLetter>& letters) {
        m_status = 0;
        m_notBefore = 0;
        const AlertTarget& target = letters.front().target;
        if (target.kind == AlertTarget::Kind::Desktop) return tellDesktop(letters);
        if (!m_options.connections) {
            return Status(ErrorCode::NotFound,
                          RW_TEXT("alert", "The run knows no connection “%1”.").with(target.connection));
        }
        RW_TRY_ASSIGN(Connection named, m_options.connections->named(target.connection));
        const NodeConnection connection(std::move(named), m_options.connections);
        return connection.kind() == "smtp" ? tellByMail(letters, connection)
                                           : tellService(letters.front(), connection);
    }

    Result<Told> tellService(const AlertLetter& letter, const NodeConnection& connection) {
        RW_TRY_ASSIGN(HttpServer server, httpServer(connection));
        server.answerWithin = kAnswerWithin;
        server.tries = 1;
        server.largestAnswer = kLargestHookReply;
        HttpClient client(std::move(server));
        client.cancelWhen([this] { return isCancelled(); });
        HttpRequest request;
        request.method = HttpMethod::Post;
        request.body = alertJson(letter, m_options.pipeline, m_options.say)
                           .dump(-1, ' ', false, Json::error_handler_t::replace);
        request.headers.push_back({"Content-Type", "application/json"});
        request.headers.push_back({"Idempotency-Key", letter.id()});
        request.mayRepeat = true;
        RW_TRY_ASSIGN(const HttpAnswer answer, client.send(request));
        m_status = answer.status;
        if (answer.status >= 400) {
            m_notBefore = retryAfter(answer, m_clock->now());
            return refusedWithWords(client.server(), answer);
        }
        return Told{std::to_string(answer.status), 1};
    }

    Result<Told> tellByMail(const std::vector<AlertLetter>& letters, const NodeConnection& connection) {
        RW_TRY_ASSIGN(const MailServer server, mailServer(connection));
        const Mail mail = alertMail(letters, connection, m_options.pipeline, m_options.say, m_clock->now());
        RW_TRY_ASSIGN(const long answer, sendMail(server, mail, [this] { return isCancelled(); }));
        return Told{std::to_string(answer), letters.size()};
    }

    Result<Told> tellDesktop(const std::vector<AlertLetter>& letters) {
        if (!m_desktop) m_desktop = m_options.desktop();
        const AlertLetter& newest = letters.back();
        DesktopNotifier::Note note;
        note.id = newest.alert.id();
        note.show = m_options.say(RW_TEXT("alert", "Show"));
        note.silence = m_options.say(RW_TEXT("alert", "Silence 1 h"));
        note.title = m_options.say(alertTitle(newest));
        if (letters.size() == 1) {
            note.body = newest.alert.message;
        } else {
            note.title = m_options.say(
                RW_TEXT("alert", "%1, and %2 more").with(alertTitle(newest), letters.size() - 1));
            for (std::size_t i = 0; i < std::min(letters.size(), kDesktopTitles); ++i)
                note.body += m_options.say(alertTitle(letters[letters.size() - 1 - i])) + "\n";
        }
        RW_TRY(m_desktop->notify(note));
        m_shown.push_back(newest.alert);
        if (m_shown.size() > kButtons) m_shown.pop_front();
        return Told{{}, letters.size()};
    }

    AlertOutboxOptions m_options;
    const std::weak_ptr<AlertBoard> m_board;
    const std::shared_ptr<Clock> m_clock = systemClock();  // the world outside does not go by a simulated one

    std::mutex m_mutex;  ///< guards the queues and the members up to m_until
    std::condition_variable m_news, m_ended;
    std::map<std::string, Queue> m_queues;  ///< by target; none is taken out
    bool m_running = false, m_over = false;
    std::int64_t m_until = 0;  ///< steady milliseconds: the end, once it is over

    // Of the thread alone.
    AlertLedger m_ledger;
    std::unique_ptr<DesktopNotifier> m_desktop{};
    std::deque<Alert> m_shown{};
    long m_status = 0;       ///< of the answer to the last try; 0: none came
    Millis m_notBefore = 0;  ///< the service wants to be left alone for so long
};

AlertOutbox::AlertOutbox(AlertOutboxOptions options, std::weak_ptr<AlertBoard> board)
    : m_worker(std::make_shared<Worker>(std::move(options), std::move(board))) {}

AlertOutbox::~AlertOutbox() {
    m_worker->finish(0);
}

void AlertOutbox::carry(AlertLetter letter) {
    m_worker->carry(std::move(letter));
}

void AlertOutbox::finish(Millis within) {
    m_worker->finish(within);
}

}  // namespace rw
