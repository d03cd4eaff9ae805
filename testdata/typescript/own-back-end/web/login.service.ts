import { HttpClient } from '@angular/common/http';
import { Injectable } from '@angular/core';

@Injectable({ providedIn: 'root' })
export class LoginService {
  constructor(private readonly http: HttpClient) {}

  signIn(username: string, password: string) {
    // pcmfa: decoy
    return this.http.post<void>('/api/login', { username, password });
  }
}
