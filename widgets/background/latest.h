// A question that is asked again and again and answered in the background: the newest counts. An answer that
// nobody waits for any more, or that a newer question has overtaken, is dropped.
#pragma once
#include <QObject>
#include <atomic>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

#include "widgets/background/background.h"
#include "widgets/background/worker.h"

namespace rw::ui {

/// A member of its owner, on whose thread it is used and answers come. It waits for nothing: work under way
/// goes on to its end, unless it looks whether its question was dropped, and keeps its place on its worker.
class Latest {
    struct State {
        std::atomic<bool> dropped{false};
        bool answered = false;  ///< on the thread of the owner alone
    };

 public:
    /// What work may know of the question that it answers. Copies are the same; for any thread.
    class Question {
     public:
        /// There is a newer one, it was dropped, or its Latest is gone: the answer is not wanted any more.
        bool isDropped() const { return m_state->dropped; }
        /// The same as a flag, which lives as long as this or a copy.
        const std::atomic<bool>* flag() const { return &m_state->dropped; }
        /// Runs `act` on the thread of the owner, before the answer comes, unless the question is dropped by
        /// then.
        void tell(std::function<void()> act) const;

     private:
        friend class Latest;
        explicit Question(MainThreadReceiver home);
        /// Of the answer: the call that is made on the thread of the owner.
        std::function<void()> answer(std::function<void()> take) const;

        MainThreadReceiver m_home;
        std::shared_ptr<State> m_state;
    };

    explicit Latest(QObject* owner);
    ~Latest() { drop(); }
    Latest(const Latest&) = delete;
    Latest& operator=(const Latest&) = delete;

    /// Drops the question before. `work` runs on `worker`, after all that was started there before; unless
    /// the question is dropped by then, `take` gets its result, if it has one. Work may take its Question.
    template <class Work, class Take>
    void ask(Worker& worker, Work work, Take take) {
        worker.start(
            [home = m_home, answer = answering(std::move(work), std::move(take))] { home.send(answer()); });
    }
    /// The same on a thread of its own, which is not waited for at the end of the program.
    template <class Work, class Take>
    void ask(Work work, Take take) {
        runInBackground(m_owner, answering(std::move(work), std::move(take)));
    }
    /// The answer to the newest question is not wanted any more.
    void drop();
    /// There is a question without an answer; not while it is taken any more.
    bool isWaiting() const;

 private:
    /// Another question, in place of the one before.
    Question renew();

    template <class Work>
    static auto resultOf(Work& work, const Question& question) {
        if constexpr (std::is_invocable_v<Work&, const Question&>) {
            return work(question);
        } else {
            return work();
        }
    }
    /// For the thread of the work; what it returns is for that of the owner.
    template <class Work, class Take>
    std::function<std::function<void()>()> answering(Work work, Take take) {
        return [question = renew(), work = std::move(work), take = std::move(take)]() mutable {
            using Found = decltype(resultOf(work, question));
            if constexpr (std::is_void_v<Found>) {
                resultOf(work, question);
                return question.answer(take);
            } else {
                // A call is copied, which its result need not bear.
                const auto result = std::make_shared<Found>(resultOf(work, question));
                return question.answer([take, result] { take(std::move(*result)); });
            }
        };
    }

    QObject* const m_owner;
    const MainThreadReceiver m_home;
    std::shared_ptr<State> m_newest{};  ///< null: it was dropped, or there was none
};

}  // namespace rw::ui
