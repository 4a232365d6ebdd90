package dev.afterglow.streams.http;

import static dev.afterglow.streams.readmodel.FilledReadModel.TOPICS;
import static dev.afterglow.streams.readmodel.Samples.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.ActionKind;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.streams.readmodel.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionPagesTest extends ServedModel {

    private static final String PATH = "/api/v1/alert-actions";
    private static final String ALERT = "LEFTOVER_ROLLOUT/shop/production/button/-/1";

    @Test
    void writesWhatSomebodyDid() throws Exception {
        // given
        alert(AlertStatus.OPEN);

        // when
        var answer = post(
                PATH,
                "{'alertId':'" + ALERT + "','action':'SNOOZE','by':'ada','snoozeUntil':'2027-01-04T09:00:00Z'}",
                202);

        // then
        assertThat(acted).singleElement().satisfies(action -> {
            assertThat(action.getAlertId()).isEqualTo(ALERT);
            assertThat(action.getSubject()).isEqualTo("shop/production/button");
            assertThat(action.getAction()).isEqualTo(ActionKind.SNOOZE);
            assertThat(action.getAt()).isEqualTo(HOUR);
            assertThat(action.getBy()).isEqualTo("ada");
            assertThat(action.getSnoozeUntil()).isEqualTo("2027-01-04T09:00:00Z");
        });
        assertThat(fields(answer, "action", "at")).isEqualTo("SNOOZE " + HOUR);
    }

    @Test
    void answersThatAnAlertIsNotKnown() throws Exception {
        assertThat(post(PATH, "{'alertId':'x','action':'ACKNOWLEDGE','by':'ada'}", 404)
                        .get("remedy")
                        .asText())
                .contains("/api/v1/alerts");
    }

    @Test
    void answersThatAnAlertIsResolved() throws Exception {
        // given
        alert(AlertStatus.OPEN);
        alert(AlertStatus.RESOLVED);

        // then
        assertThat(post(PATH, "{'alertId':'" + ALERT + "','action':'ACKNOWLEDGE','by':'ada'}", 409)
                        .get("error")
                        .asText())
                .contains(ALERT, "was resolved at");
        assertThat(acted).isEmpty();
    }

    @Test
    void takesWhatIsWrittenDownWhenAllIsOver() throws Exception {
        // given
        alert(AlertStatus.OPEN);
        alert(AlertStatus.RESOLVED);

        // when
        post(PATH, "{'alertId':'" + ALERT + "','action':'DOCUMENTED','by':'ada','keyLearning':'green sells'}", 202);

        // then
        assertThat(acted)
                .singleElement()
                .extracting(AlertAction::getKeyLearning)
                .isEqualTo("green sells");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'by':'ada' | action 'null' is not known",
                "'by':'ada','action':'SHOUT' | action 'SHOUT' is not known",
                "'by':'ada','action':'UNKNOWN' | action 'UNKNOWN' is not known",
                "'action':'ACKNOWLEDGE' | by: say who did it",
                "'by':'ada','action':'SNOOZE' | snoozeUntil: say until when",
                "'by':'ada','action':'SNOOZE','snoozeUntil':'soon' | the body cannot be read: snoozeUntil",
                "'by':'ada','action':'ACKNOWLEDGE','colour':'red' | the body cannot be read: colour"
            })
    void namesWhatIsWrong(String fields, String error) throws Exception {
        // given
        alert(AlertStatus.OPEN);

        // then
        assertThat(post(PATH, "{'alertId':'" + ALERT + "'," + fields + "}", 400)
                        .get("error")
                        .asText())
                .startsWith(error);
        assertThat(acted).isEmpty();
    }

    @Test
    void refusesABodyThatIsNoJson() throws Exception {
        assertThat(post(PATH, "not json", 400).get("remedy").asText()).contains("alertId, action, by");
        assertThat(post(PATH, "null", 400).get("error").asText()).isEqualTo("alertId is missing");
        assertThat(post(PATH, "", 400).get("error").asText()).contains("the body cannot be read");
    }

    @Test
    void refusesWhatAFormOfAnotherSiteCanSend() throws Exception {
        // given
        alert(AlertStatus.OPEN);

        // when
        var response = send(PATH, "text/plain", "{'alertId':'" + ALERT + "','action':'ACKNOWLEDGE','by':'ada'}");

        // then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("application/json");
        assertThat(acted).isEmpty();
    }

    @Test
    void refusesWhatAPageInABrowserSends() throws Exception {
        // given
        alert(AlertStatus.OPEN);

        // when
        var response = send(
                PATH,
                "application/json",
                "{'alertId':'" + ALERT + "','action':'ACKNOWLEDGE','by':'ada'}",
                "Origin",
                "http://elsewhere.example");

        // then
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(acted).isEmpty();
    }

    @Test
    void saysThatItCouldNotBeWritten() throws Exception {
        // given
        alert(AlertStatus.OPEN);
        writable = false;

        // then
        assertThat(post(PATH, "{'alertId':'" + ALERT + "','action':'ACKNOWLEDGE','by':'ada'}", 503)
                        .get("error")
                        .asText())
                .isEqualTo("the brokers are away");
    }

    @Test
    void showsWhoDidWhatByTime() throws Exception {
        // given
        action(ActionKind.IMPLEMENTED, 2);
        action(ActionKind.ACKNOWLEDGE, 1);

        // then
        var actions = get(PATH + "?subject=shop/production/button", 200).get("actions");
        assertThat(actions).hasSize(2);
        assertThat(fields(actions.get(0), "action", "by")).isEqualTo("ACKNOWLEDGE ada");
        assertThat(get(PATH + "?subject=shop/production/other", 200).get("actions"))
                .isEmpty();
        assertThat(get(PATH, 400).get("error").asText()).isEqualTo("subject is missing");
    }

    private void action(ActionKind kind, long second) {
        var action = AlertAction.newBuilder()
                .setAlertId(ALERT)
                .setSubject("shop/production/button")
                .setAction(kind)
                .setAt(HOUR.plusSeconds(second))
                .setBy("ada")
                .build();
        model.put(TOPICS.alertActions(), action.getSubject(), action);
    }

    private void alert(AlertStatus status) {
        var alert = Samples.cleanupAlert(ALERT, status, HOUR);
        model.put(TOPICS.cleanupAlerts(), "shop/production/button", alert);
    }
}
