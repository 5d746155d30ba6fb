package verify;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Start {
  public static void main(String[] words) {
    SpringApplication.run(Start.class, words);
  }
}
